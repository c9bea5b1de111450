var e=Object.create,t=Object.defineProperty,n=Object.getOwnPropertyDescriptor,r=Object.getOwnPropertyNames,i=Object.getPrototypeOf,a=Object.prototype.hasOwnProperty,o=(e,t)=>()=>(t||(e((t={exports:{}}).exports,t,t.exports),e=null),t.exports),s=(e,i,o,s)=>{if(i&&typeof i==`object`||typeof i==`function`)for(var c=r(i),l=0,u=c.length,d;l<u;l++)d=c[l],!a.call(e,d)&&d!==o&&t(e,d,{get:(e=>i[e]).bind(null,d),enumerable:!(s=n(i,d))||s.enumerable});return e},c=(n,r,o)=>(o=n==null?{}:e(i(n)),s(r||!n||!n.__esModule||!a.call(n,`default`)?t(o,`default`,{value:n,enumerable:!0}):o,n)),l=globalThis,u=e=>e,d=l.trustedTypes,ee=d?d.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,te=`$lit$`,f=`lit$${Math.random().toFixed(9).slice(2)}$`,ne=`?`+f,re=`<${ne}>`,p=document,ie=()=>p.createComment(``),ae=e=>e===null||typeof e!=`object`&&typeof e!=`function`,oe=Array.isArray,se=e=>oe(e)||typeof e?.[Symbol.iterator]==`function`,ce=`[ 	
\f\r]`,le=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ue=/-->/g,de=/>/g,m=RegExp(`>|${ce}(?:([^\\s"'>=/]+)(${ce}*=${ce}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),fe=/'/g,pe=/"/g,me=/^(?:script|style|textarea|title)$/i,he=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),h=he(1),ge=he(2),g=Symbol.for(`lit-noChange`),_=Symbol.for(`lit-nothing`),_e=new WeakMap,v=p.createTreeWalker(p,129);function ve(e,t){if(!oe(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ee===void 0?t:ee.createHTML(t)}var ye=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=le;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===le?c[1]===`!--`?o=ue:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=m):(me.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=m):o=de:o===m?c[0]===`>`?(o=i??le,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?m:c[3]===`"`?pe:fe):o===pe||o===fe?o=m:o===ue||o===de?o=le:(o=m,i=void 0);let d=o===m&&e[t+1].startsWith(`/>`)?` `:``;a+=o===le?n+re:l>=0?(r.push(s),n.slice(0,l)+te+n.slice(l)+f+d):n+f+(l===-2?t:d)}return[ve(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},be=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ye(t,n);if(this.el=e.createElement(l,r),v.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=v.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(te)){let t=u[o++],n=i.getAttribute(e).split(f),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?we:r[1]===`?`?Te:r[1]===`@`?Ee:Ce}),i.removeAttribute(e)}else e.startsWith(f)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(me.test(i.tagName)){let e=i.textContent.split(f),t=e.length-1;if(t>0){i.textContent=d?d.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],ie()),v.nextNode(),c.push({type:2,index:++a});i.append(e[t],ie())}}}else if(i.nodeType===8){if(i.data===ne)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(f,e+1))!==-1;)c.push({type:7,index:a}),e+=f.length-1}}a++}}static createElement(e,t){let n=p.createElement(`template`);return n.innerHTML=e,n}};function y(e,t,n=e,r){if(t===g)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=ae(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=y(e,i._$AS(e,t.values),i,r)),t}var xe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??p).importNode(t,!0);v.currentNode=r;let i=v.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Se(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new De(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=v.nextNode(),a++)}return v.currentNode=p,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Se=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=_,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=y(this,e,t),ae(e)?e===_||e==null||e===``?(this._$AH!==_&&this._$AR(),this._$AH=_):e!==this._$AH&&e!==g&&this._(e):e._$litType$===void 0?e.nodeType===void 0?se(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==_&&ae(this._$AH)?this._$AA.nextSibling.data=e:this.T(p.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=be.createElement(ve(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new xe(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=_e.get(e.strings);return t===void 0&&_e.set(e.strings,t=new be(e)),t}k(t){oe(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(ie()),this.O(ie()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=u(e).nextSibling;u(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},Ce=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=_,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=_}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=y(this,e,t,0),a=!ae(e)||e!==this._$AH&&e!==g,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=y(this,r[n+o],t,o),s===g&&(s=this._$AH[o]),a||=!ae(s)||s!==this._$AH[o],s===_?e=_:e!==_&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===_?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},we=class extends Ce{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===_?void 0:e}},Te=class extends Ce{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==_)}},Ee=class extends Ce{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=y(this,e,t,0)??_)===g)return;let n=this._$AH,r=e===_&&n!==_||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==_&&(n===_||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},De=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){y(this,e)}},Oe={M:te,P:f,A:ne,C:1,L:ye,R:xe,D:se,V:y,I:Se,H:Ce,N:Te,U:Ee,B:we,F:De},ke=l.litHtmlPolyfillSupport;ke?.(be,Se),(l.litHtmlVersions??=[]).push(`3.3.3`);var Ae=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Se(t.insertBefore(ie(),e),e,void 0,n??{})}return i._$AI(e),i},b={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},je=e=>(...t)=>({_$litDirective$:e,values:t}),Me=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Ne}=Oe,Pe=e=>e.strings===void 0,Fe={},Ie=(e,t=Fe)=>e._$AH=t,Le=je(class extends Me{constructor(){super(...arguments),this.key=_}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(Ie(e),this.key=t),n}}),Re=`gradcam`,ze=0,Be=(e,t={})=>({id:++ze,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),Ve=()=>({picture:null,isPictureComing:!1,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[Be(Re)],selected:0,language:`curl`}),x=({panels:e,selected:t})=>e[t]??e[0],He=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function Ue(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of He)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function We(e,t){for(let n of He)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[Re]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:Be(n);return a.parameters=Ge(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var Ge=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),Ke=`vitrine.key`,qe=!1;function Je(){try{return sessionStorage.getItem(Ke)??``}catch{return``}}function Ye(e){qe=!1;try{e===``?sessionStorage.removeItem(Ke):sessionStorage.setItem(Ke,e)}catch{}}var Xe=()=>Je()!==``,Ze=()=>qe;function Qe(e){e===401&&(qe=!0)}function $e(){let e=Je();return e===``?{}:{Authorization:`Bearer ${e}`}}var S=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},et=()=>new S({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function tt(e,t){let n=Number(e.headers.get(`Retry-After`));return new S({title:t?.title??`Error ${e.status}`,detail:nt(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function nt(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function C(e,t={}){let n=await st(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:ct(n.headers.get(`Server-Timing`)??``),status:n.status};throw tt(n,r??null)}function rt(e,t,{sent:n,signal:r}){let i=new XMLHttpRequest;i.open(`POST`,e),i.setRequestHeader(`Accept`,`application/json`);for(let[e,t]of Object.entries($e()))i.setRequestHeader(e,t);return r.addEventListener(`abort`,()=>i.abort()),new Promise((e,r)=>{i.upload.onprogress=({loaded:e,total:t})=>n(t>0?e/t:0),i.onerror=()=>r(et()),i.onabort=()=>r(new DOMException(`given up`,`AbortError`)),i.onload=()=>{Qe(i.status);let t=i.status>=200&&i.status<300,n=it(i.responseText);t&&n!==null?e(n):r(tt(at(i),n))},i.send(t)})}function it(e){try{return JSON.parse(e)}catch{return null}}var at=e=>new Response(null,{status:e.status,headers:{"Retry-After":e.getResponseHeader(`Retry-After`)??``}});async function ot(e,t={}){let n=await st(e,t);if(n.ok)return n.blob();throw tt(n,await n.json().catch(()=>null))}async function st(e,t){try{let n=await fetch(e,{...t,headers:{...t.headers,...$e()}});return Qe(n.status),n}catch(e){throw w(e)?e:et()}}var w=e=>e instanceof DOMException&&e.name===`AbortError`;function T(e){if(e instanceof S)return e;throw e}var ct=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function lt(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}function ut(e){let t=Object.entries(e).filter(([,e])=>e!==``);return t.length===0?``:`?${new URLSearchParams(t)}`}var dt=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],ft=`vitrine.picture`,pt=e=>({blob:e,name:e.name||`picture.png`,address:URL.createObjectURL(e),sample:null,isKept:null});async function mt(e){e.isKept=vt(e.name,await bt(e.blob))}async function ht(e){let t=dt.find(t=>t.name===e);if(!t)return null;let n=await ot(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function gt(){let e=_t();if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function _t(){try{return sessionStorage.getItem(ft)}catch{return null}}function vt(e,t){try{return sessionStorage.setItem(ft,JSON.stringify({name:e,dataUrl:t})),!0}catch{return yt(),!1}}function yt(){try{sessionStorage.removeItem(ft)}catch{}}function bt(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var xt=()=>void 0,St=!1;function Ct(e){xt=e}function E(){St||(St=!0,queueMicrotask(()=>{St=!1,xt()}))}var D={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},wt=2;async function Tt(e){try{let[e,t]=await Promise.all([C(`models`),C(`methods`)]);D.models=e.body.models,D.defaultModel=e.body.default,D.methods=t.body.methods,D.refusal=D.models.some(({ready:e})=>e)?null:Et(),D.isReady=D.refusal===null}catch(e){if(!(e instanceof S))throw e;D.refusal=e}if(E(),D.isReady)e();else if(!Ze()){let t=D.refusal?.retrySeconds??wt;setTimeout(()=>void Tt(e),t*1e3)}}var Et=()=>new S({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:wt});async function Dt(e){if(!e||D.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([C(t),C(`${t}/layers`)]);D.details.set(e,n.body),D.layers.set(e,r.body.layers),E()}var Ot=()=>D.models.find(({name:e})=>e===D.defaultModel)?.name??D.models[0]?.name??``,O=e=>D.models.find(t=>t.name===e),kt=e=>D.methods.find(t=>t.name===e);function At(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function k(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function jt(e){location.hash!==e&&history.replaceState(null,``,e)}function Mt(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function Nt(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}function Pt(e){let t=Math.max(0,Math.round(e));if(t<90)return`${t} s`;let n=Math.round(t/60);return n<90?`${n} min`:`${Math.floor(n/60)} h ${n%60} min`}function A(e,t=new Date){let n=new Date(e),r=n.toDateString()===t.toDateString(),i={hour:`2-digit`,minute:`2-digit`};return n.toLocaleString(void 0,r?i:{...i,day:`numeric`,month:`short`})}function Ft(e){return e<1e3?`${e} B`:e<1e6?`${Math.round(e/1e3)} kB`:e<1e9?`${(e/1e6).toFixed(1)} MB`:`${(e/1e9).toFixed(1)} GB`}var j=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,M=e=>e.toLocaleString(`en`),It=e=>e.length===0?`–`:e.map(e=>e??`?`).join(` × `),Lt=e=>e.replaceAll(/[_-]/g,` `),N=e=>{let t=Lt(e);return t.charAt(0).toUpperCase()+t.slice(1)},Rt=1500,zt=e=>async t=>{let n=t.currentTarget,r=await Bt(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,Rt)};async function Bt(e){try{return await navigator.clipboard.writeText(e),!0}catch{return Vt(e)}}function Vt(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function Ht(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var Ut=4;function Wt({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*Ut,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var Gt=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function Kt(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function qt(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function Jt({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function Yt(e,t){let n=kt(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function Xt(e){let{picture:t}=e;if(!t||!D.isReady||!e.model)return;for(let n of e.panels)Qt(e,n,t);let n=x(e);e.withEvidence&&$t(e,n,t)}function Zt(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);Xt(e)}async function Qt(e,t,n){let r={...Yt(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),E();try{let{body:e,times:i}=await C(nn(t),{method:`POST`,body:lt(n,r),signal:a.signal});t.map=e.raw?Wt(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(w(n))return;t.refusal=T(n),Object.assign(t,{answer:null,map:null,cell:null}),en(e,t)}t.asking=null,E()}async function $t(e,t,n){let r={...Yt(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),E();try{let{body:e}=await C(nn(t),{method:`POST`,body:lt(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(w(e))return;t.evidenceRefusal=T(e)}t.measuring=null,E()}function en(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,Xt(e))},n.retrySeconds*1e3)}var tn=(e,t,n)=>ot(nn(t),{method:`POST`,headers:{Accept:`image/png`},body:lt(n,{...Yt(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),nn=e=>`explain/${encodeURIComponent(e.method)}`,rn=je(class extends Me{constructor(e){if(super(e),e.type!==b.PROPERTY&&e.type!==b.ATTRIBUTE&&e.type!==b.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Pe(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===g||t===_)return t;let n=e.element,r=e.name;if(e.type===b.PROPERTY){if(t===n[r])return g}else if(e.type===b.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return g}else if(e.type===b.ATTRIBUTE&&n.getAttribute(r)===t+``)return g;return Ie(e),t}}),an=e=>e.target.value,on=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>h`<option value=${e} .selected=${rn(e===t)} ?disabled=${r}>
        ${n}
      </option>`),P=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>h`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?_:`${e}-hint`}
      @change=${e=>a(an(e))}
    >
      ${on(o,n)}
    </select>
    ${cn(e,r)}
  </div>`,sn=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>h`<div class="field">
    <label for=${e}>${t}</label>
    <input
      id=${e}
      type=${o}
      .value=${n}
      placeholder=${s}
      ?disabled=${i}
      min=${c??_}
      max=${l??_}
      step=${u??_}
      aria-describedby=${r===void 0?_:`${e}-hint`}
      @change=${e=>a(an(e))}
      @input=${e=>o===`search`&&a(an(e))}
    />
    ${cn(e,r)}
  </div>`,cn=(e,t)=>t===void 0?_:h`<p class="hint" id="${e}-hint">${t}</p>`,ln=e=>e?.properties??{},un=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),dn=e=>{let{default:t}=e;return t==null?`automatic`:Array.isArray(t)?t.length===0?`none`:t.join(`, `):String(t)},fn=(e,t,n,r)=>Object.entries(e).map(([e,i])=>mn(e,un(i),t[e]??``,t=>n(e,t),r)),pn=e=>({true:`yes`,false:`no`})[e]??e;function mn(e,t,n,r,i){let a={id:`${i}-${e}`,label:N(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=dn(t),s=!t.anyOf?.some(({type:e})=>e===`array`),c=t.type===`boolean`?[`true`,`false`]:t.enum;if(c&&s){let e=c.filter(e=>e!==o),t=[{value:``,text:pn(o)},...e.map(e=>({value:e,text:pn(e)}))];return h`${P({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?h`${sn({...a,placeholder:o})}`:h`${sn({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var hn=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],gn=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function _n(e,t){let n=kt(x(e).method),r=(n,r,i,a)=>P({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return h`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,yn(),bn(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...xn(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...xn(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,gn)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},...hn.map(e=>({value:e,text:e}))])}
    </div>
    ${P({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:Sn(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${vn(e,t)}
  </form>`}function vn(e,t){let n=x(e),r=kt(n.method);if(!r)return _;let i=ln(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return h`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?h`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${fn(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?sn({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):_}
        </details>`:_}`}var yn=()=>D.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function bn(e){let t=O(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${M(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var xn=e=>(O(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function Sn(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=D.details.get(e)?.default_layer,r=(D.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var Cn=new Set([`no_worker`]),wn=`unauthenticated`,F=(e,t=null)=>e===null||e.code===wn?_:h`<div class="note ${Cn.has(e.code)?``:`is-error`}" role="alert">
        <strong>${e.title}</strong>
        <span>${Dn(e.message)}</span>
        ${e.retrySeconds!==null&&t?h`<button class="plain" type="button" @click=${t}>Try again</button>`:_}
      </div>`,Tn=(e,t)=>h`<div class="note"><strong>${e}</strong><span>${Dn(t)}</span></div>`,En=(e,t)=>h`<p class="working">
    <span class="spinner" aria-hidden="true"></span>
    <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
  </p>`,Dn=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`},On={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},kn={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},An=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],jn=(e,t)=>h`<section class="card evidence" aria-labelledby="evidence-title">
    <div class="card-head">
      <h2 id="evidence-title">May this map be believed?</h2>
      <label class="switch">
        <input
          id="evidence"
          type="checkbox"
          .checked=${t.isOn}
          @change=${e=>t.turn(e.target.checked)}
        />
        Measure it
      </label>
    </div>
    <div class="card-body" aria-live="polite">${Mn(e,t)}</div>
  </section>`;function Mn(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?In(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?F(e.evidenceRefusal,r):e.evidence?Pn(e.evidence):h`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:h`<p class="quiet">Choose a picture first.</p>`:h`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var Nn=e=>h`<span class="badge is-${e}"
    ><span aria-hidden="true">${kn[e]}</span> ${N(e)}</span
  >`,Pn=e=>h`<p class="verdict">${Nn(e.verdict)} ${On[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>h`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${Dn(n)}
              ${t&&!e?h`<strong>Decisive.</strong>`:_}</span
            >
          </li>`)}
    </ul>
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            <th scope="col">This map</th>
            <th scope="col">Random</th>
          </tr>
        </thead>
        <tbody>
          ${An.map(([t,n,r])=>h`<tr>
                <th scope="row">${n}</th>
                <td>${Fn(e[t])}</td>
                <td>${r?Fn(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,Fn=e=>typeof e==`number`?j(e):`–`,In=(e,t)=>h`<p>The methods competed on this picture; the map shown is the best one's.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Verdict</th>
          <th scope="col">Insertion</th>
          <th scope="col">Deletion</th>
        </tr>
      </thead>
      <tbody>
        ${e.map(e=>h`<tr class=${e.method===t?`is-chosen`:``}>
              <th scope="row">${kt(e.method)?.title??e.method}</th>
              <td>${Nn(e.verdict)}</td>
              <td>${Fn(e.insertion)}</td>
              <td>${Fn(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,Ln=42,Rn=(e,t,n,r)=>e.length===0?h`<p class="quiet predictions" .style=${`min-height:${n*Ln}px`}>
        The most probable classes will stand here.
      </p>`:h`<ol class="predictions">
        ${e.map(e=>zn(e,e.index===t,r))}
      </ol>`,zn=({index:e,label:t,probability:n,logit:r},i,a)=>h`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${Mt(n)}</span>
    </button>
  </li>`,Bn={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function Vn(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${Bn[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var Hn=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=kt(t.method)?.title??t.method;return h`<figure
    class="panel ${c?`is-selected`:``}"
    @pointerdown=${r.select}
    @focusin=${r.select}
  >
    <div class="panel-head">
      <label class="unseen" for="method-${n}">Method${s?``:` ${n+1}`}</label>
      <select
        id="method-${n}"
        @change=${e=>r.choose(e.target.value)}
      >
        ${on(Un(e.model),t.method)}
      </select>
      ${s?_:h`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:_}
      aria-label="${l}: ${Vn(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>qn(t,e)}
      @pointerdown=${e=>qn(t,e)}
      @pointerleave=${()=>Xn(t,null)}
      @keydown=${e=>Yn(t,e)}
      @blur=${()=>Xn(t,null)}
    >
      ${e.picture?h`<img src=${e.picture.address} alt="" @error=${Zn} @load=${Qn} />`:_}
      ${i?.overlay&&!t.refusal?h`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:_}
      ${t.cell&&t.map&&i?Kn(t.cell,t.map,i.image):_}
      ${a?En(`${l} …`,(performance.now()-o)/1e3):_}
    </div>
    <figcaption title=${Vn(i)}>${Vn(i)}</figcaption>
    <p class="readout" aria-live="polite">${Wn(t)}</p>
    ${F(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>Tn(`This map explains nothing`,e))}
  </figure>`};function Un(e){let t=D.details.get(e)?.unsupported??{};return D.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function Wn({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${j(e??NaN)} to ${j(r??NaN)}`}let r=Gt(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${j(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function Gn({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function Kn({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=Gn(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return h`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function qn(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=Gn(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;Xn(e,Kt(e.map,s,c))}var Jn={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function Yn(e,t){let n=Jn[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};Xn(e,e.cell?qt(e.map,e.cell,...n):a)}function Xn(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,E())}var Zn=e=>e.target.hidden=!0,Qn=e=>e.target.hidden=!1,$n=(e,t)=>h`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>tr(e.target,t)}
    />
    ${er(e)&&!e.isDragging?_:nr(e,t)}
    ${er(e)?ir(e,t):_}
    ${F(e.pictureRefusal)}
  </section>`,er=({picture:e,isPictureComing:t})=>e!==null||t;function tr(e,{take:t}){t(e.files?.[0]),e.value=``}var nr=(e,t)=>h`<div class="drop ${er(e)?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
    <svg viewBox="0 0 48 48" width="52" height="52" aria-hidden="true">
      <path d="M8 38V12a4 4 0 0 1 4-4h24a4 4 0 0 1 4 4v26" />
      <path d="M4 40h40M24 32V18m-7 6 7-7 7 7" />
    </svg>
    <h2>${e.isPictureMissing?`Add the picture to this view`:`Drop a picture here`}</h2>
    <p>
      ${e.isPictureMissing?`This link was made with a picture of somebody's own, which stays with them. Add one, and it is explained with the choices of the link.`:`The model says what it sees, and the explanation marks what in the picture speaks for it.`}
    </p>
    <label class="button" for="file">Choose a picture</label>
    <p class="quiet">or paste one from the clipboard, or try one of these:</p>
    <div class="samples">${rr(null,t)}</div>
  </div>`,rr=(e,{takeSample:t})=>dt.map(({name:n,title:r,file:i,credit:a})=>h`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),ir=(e,t)=>h`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame">
          ${e.picture?h`<img src=${e.picture.address} alt="The picture" />`:_}
        </div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name??`\xA0`}</figcaption>
        <p class="readout">${ar(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>Hn(e,n,r,t.ofPanel(r)))}
    </div>
    <div class="bar">
      <div class="opacity">
        <label for="opacity">Opacity</label>
        <input
          id="opacity"
          type="range"
          min="0"
          max="1"
          step="0.01"
          .value=${String(e.opacity)}
          @input=${e=>t.setOpacity(Number(e.target.value))}
        />
        <output for="opacity">${Math.round(e.opacity*100)} %</output>
      </div>
      <button
        class="plain"
        id="add-method"
        type="button"
        ?disabled=${e.panels.length>=4}
        @click=${t.addPanel}
      >
        Compare with another method
      </button>
    </div>
    <div class="samples is-small" role="group" aria-label="Sample pictures">
      <label class="button plain phone-only" for="file">Another picture</label>
      ${rr(e.picture?.sample??null,t)}
    </div>`;function ar({picture:e}){if(!e)return``;let t=dt.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept===null?`\xA0`:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var or=e=>new URL(e,document.baseURI.split(`#`)[0]).href,sr=e=>Object.entries(e).filter(([,e])=>e!==``),cr=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function lr({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${cr(`image=@${t}`)}`,...sr(r).map(([e,t])=>`-F ${cr(`${e}=${t}`)}`),`-o overlay.png`,cr(or(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${cr(or(n))} -o ${cr(t)}\n`)??``)+i}function ur({method:e,fileName:t,fetchFrom:n,fields:r}){let i=sr({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(or(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(or(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var dr=[[`curl`,`curl`],[`python`,`Python`]];function fr(e){let t=x(e),n=dt.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...Yt(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function pr(e,t){let{answer:n}=x(e),r=(e.language===`curl`?lr:ur)(fr(e)),i=e.picture!==null&&e.picture.sample===null;return h`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${mr(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${mr(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${mr(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${mr(`copy-link`,`Link`,`Copy the address of this view`,zt(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${dr.map(([n,r])=>h`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${mr(`copy`,`Copy`,`Copy the call`,zt(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var mr=(e,t,n,r,i)=>h`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,I=Ve(),hr=()=>k(`explain`,[],Ue(I)),gr=5,_r=!1,vr=[];function yr(e){vr.push(e)}function L(){Xt(I),E(),_r&&jt(hr())}async function br(e){if(!e)return;let t=pt(e);Cr(t),await mt(t),E()}async function xr(e,t=!1){I.isPictureComing=!0,E();try{let n=await ht(e);I.isPictureComing=!1,n&&Cr(n,t)}catch(e){I.isPictureComing=!1,I.pictureRefusal=T(e)}E()}function Sr(e){I.isDragging!==e&&(I.isDragging=e,E())}function Cr(e,t=I.isPictureMissing){I.picture&&URL.revokeObjectURL(I.picture.address),Object.assign(I,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(I,{target:``,versus:``});for(let e of I.panels)wr(e);L();for(let e of vr)e()}function wr(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function Tr(e,t){_r=!0,t.size>0&&(We(t,I),await Er(t.get(`picture`))),Dr(),L()}async function Er(e){if(e===null||e===(I.picture?.sample??(I.picture&&`own`)))return;if(e!==`own`){await xr(e,!0);return}let t=gt();t?Cr(t,!0):I.isPictureMissing=!0}function Dr(){if(!D.isReady)return;O(I.model)||(I.model=Ot());let e=O(I.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(I[t]);n>=0&&(I[t]=String(n))}Dt(I.model).catch(()=>setTimeout(Dr,2e3)),Xt(I)}function Or(e,t){Object.assign(I,{[e]:t}),e===`model`&&(Object.assign(I,{target:``,versus:``,layer:``}),Dr()),e===`target`&&I.versus===t&&(I.versus=``),L()}var kr=e=>({choose:t=>{let n=I.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=Be(t);n&&Object.assign(r,{answer:n.answer}),I.panels[e]=r,L()},select:()=>{I.selected!==e&&(I.selected=e,L())},remove:()=>{I.panels[e]?.asking?.abort(),I.panels.splice(e,1),I.selected=Math.min(I.selected,I.panels.length-1),L()},again:()=>Zt(I)});function Ar(){let e=new Set(I.panels.map(({method:e})=>e)),t=D.details.get(I.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...D.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));I.panels.push(Be(n??`gradcam`)),I.selected=I.panels.length-1,L()}async function jr(){let e=x(I);if(I.picture)try{Ht(await tn(I,e,I.picture),`${Mr(e)}.png`)}catch(t){e.refusal=T(t),E()}}var Mr=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,Nr={picture:()=>void jr(),numbers:()=>{let e=x(I);e.answer?.raw&&Ht(Jt(e.answer.raw),`${Mr(e)}.npy`)},answer:()=>{let e=x(I),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);Ht(new Blob([t],{type:`application/json`}),`${Mr(e)}.json`)},language:e=>{I.language=e,E()}},Pr={take:e=>void br(e),takeSample:e=>void xr(e),setOpacity:e=>{I.opacity=e,L()},addPanel:Ar,ofPanel:kr},Fr={change:Or,changeParameter:(e,t)=>{let{parameters:n}=x(I);t===``?delete n[e]:n[e]=t,L()}};function Ir(){if(!D.isReady&&!D.refusal)return h``;let e=x(I),{answer:t,times:n}=e,r=Math.min(gr,O(I.model)?.classes.length??gr);return h`<div class="explain">
    ${$n(I,Pr)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${Rn(t?.predictions??[],t?.target.index??null,r,e=>Or(`target`,String(e)))}
        <p class="timing">
          <span class="unseen">Where the time went:</span>
          ${n.map(([e,t])=>`${e} ${Nt(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${_n(I,Fr)}
    </div>
    <div class="below">
      ${jn(e,{isOn:I.withEvidence,hasPicture:I.picture!==null,turn:e=>{I.withEvidence=e,L()},again:()=>Zt(I)})}
      ${pr(I,Nr)}
    </div>
    <p class="unseen" id="status" role="status">${Lr()}</p>
  </div>`}function Lr(){let{answer:e}=x(I),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${Mt(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{I.panels.some(({asking:e})=>e!==null)&&E()},1e3);var Rr={title:`Explain`,enter:(e,t)=>void Tr(e,t),leave:()=>{_r=!1},template:Ir},zr=2e3;function Br(e,t){let n=new AbortController;return Vr(e,t,n.signal),()=>n.abort()}async function Vr(e,t,n){let r=new Ur(t.event);for(;!n.aborted;){try{await Hr(e,t,r,n)}catch{}if(n.aborted)return;t.broken(),await new Promise(e=>setTimeout(e,zr))}}async function Hr(e,{opened:t},n,r){let i=n.lastId===``?{}:{"Last-Event-ID":n.lastId},a=await fetch(e,{headers:{Accept:`text/event-stream`,...$e(),...i},cache:`no-store`,signal:r});if(Qe(a.status),!a.ok||!a.body)return;t(),n.begin();let o=a.body.pipeThrough(new TextDecoderStream).getReader();for(let e=await o.read();!e.done&&!r.aborted;e=await o.read())n.take(e.value)}var Ur=class{tell;lastId=``;rest=``;name=``;data=[];constructor(e){this.tell=e}begin(){this.rest=this.name=``,this.data=[]}take(e){let t=(this.rest+e).split(/\r\n|\n|\r(?!$)/);this.rest=t.pop()??``;for(let e of t)this.takeLine(e)}takeLine(e){if(e===``){this.data.length>0&&this.tell(this.name||`message`,this.data.join(`
`)),this.name=``,this.data=[];return}let[,t=``,n=``]=/^([^:]*):? ?(.*)$/s.exec(e)??[];t===`event`?this.name=n:t===`data`?this.data.push(n):t===`id`&&(this.lastId=n)}},Wr=(e,t=``)=>`jobs/${encodeURIComponent(e)}${t}`,Gr=async e=>(await C(`jobs${ut(e)}`)).body,Kr=async e=>(await C(Wr(e))).body,qr=30,Jr=async(e,t,n,r=!1)=>(await C(`jobs`,{method:`POST`,headers:{"Content-Type":`application/json`,"Idempotency-Key":$r(),...r?{Prefer:`wait=${qr}`}:{}},body:JSON.stringify({kind:e,model:t,params:n})})).body,Yr=async e=>(await C(Wr(e),{method:`DELETE`})).body,Xr=async e=>(await C(Wr(e,`/retry`),{method:`POST`})).body,Zr=async e=>(await C(Wr(e,`/artifacts`))).body.artifacts,Qr=e=>Wr(e,`/events`),R=(e,t)=>Wr(e,`/artifacts/${t.split(`/`).map(encodeURIComponent).join(`/`)}`),$r=()=>[...crypto.getRandomValues(new Uint32Array(4))].map(e=>e.toString(16)).join(`-`),z=new Set([`queued`,`running`]),ei=[`queued`,`running`,`succeeded`,`failed`,`cancelled`],ti={queued:`…`,running:`▸`,succeeded:`✓`,failed:`✕`,cancelled:`–`},ni=e=>ti[e];function ri(e){switch(e.status){case`queued`:return ii(e.queue_position);case`running`:return ai(e.progress);case`succeeded`:return`Done${oi(e)}.`;case`cancelled`:return`Cancelled. Retrying goes on from where it stopped.`;case`failed`:return si(e)}}function ii(e){return e===null?`Waits for a worker that hosts its model.`:e===0?`Is next, as soon as a worker is free.`:`Waits: ${e} ${e===1?`job goes`:`jobs go`} first.`}function ai({stage:e=``,step:t=0,total:n=0,eta_seconds:r=null,message:i=``}){if(i)return i;if(!e)return`Begins.`;let a=r===null?``:`, about ${Pt(r)} left`;return n>0?`${N(e)}: ${t} of ${n}${a}.`:`${N(e)}${a}.`}function oi({started_at:e,finished_at:t}){return!e||!t?``:` in ${Pt((Date.parse(t)-Date.parse(e))/1e3)}`}function si({error:e}){switch(e?.code){case`job_killed_its_worker`:return`It ended the workers that tried it, probably for want of memory. Ask for less at once. (${e.detail})`;case`job_failed`:return`The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${e.detail})`;case void 0:return`It failed.`;default:return e?.detail??`It failed.`}}var ci=2e3,li=class{id;whenDone;job=null;artifacts=[];rises=[];preview=null;refusal=null;isCutOff=!1;isDeleted=!1;isAsking=!1;stopListening=null;timer=0;isLetGo=!1;constructor(e,t=()=>void 0){this.id=e,this.whenDone=t,this.look()}letGo(){this.isLetGo=!0,this.stopListening?.(),this.stopListening=null,clearTimeout(this.timer)}cancel(){return this.change(async()=>{let e=await Yr(this.id);e?this.job=e:(this.isDeleted=!0,this.letGo())})}retry(){return this.change(async()=>{this.job=await Xr(this.id),await this.look()})}async change(e){this.isAsking=!0,E();try{await e(),this.refusal=null}catch(e){this.refusal=T(e)}this.isAsking=!1,E()}async look(){try{this.job=await Kr(this.id),this.refusal=null,z.has(this.job.status)?this.isLetGo||this.listen():await this.gather()}catch(e){this.refusal=T(e)}E(),!this.isLetGo&&this.job?.status===`succeeded`&&this.whenDone(),this.isLetGo||(this.isSettled()?(this.stopListening?.(),this.stopListening=null):(clearTimeout(this.timer),this.timer=window.setTimeout(()=>void this.look(),ci)))}isSettled(){return this.refusal?this.refusal.code===`job_not_found`:this.job!==null&&!z.has(this.job.status)}async gather(){if(this.artifacts=await Zr(this.id),this.artifacts.some(({path:e})=>e===`loss.json`)){let{body:e}=await C(R(this.id,`loss.json`));this.rises=e.pictures}}listen(){this.stopListening??=Br(Qr(this.id),{opened:()=>this.turnCutOff(!1),event:(e,t)=>this.hear(e,t),broken:()=>this.turnCutOff(!0)})}turnCutOff(e){this.isCutOff=e,E()}hear(e,t){if(e===`progress`&&this.job){let e=JSON.parse(t),n=this.job.status===`queued`?`running`:this.job.status;this.job={...this.job,progress:e,status:n}}e===`preview`&&(this.preview=JSON.parse(t).image),(e===`done`||e===`error`)&&this.end(),E()}end(){this.stopListening?.(),this.stopListening=null,this.look()}},ui=600,di=160;function fi(e,t){let n=t.flatMap(({values:e})=>e.filter(e=>e!==null)),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0),a=Math.max(2,...t.map(({values:e})=>e.length)),o=e=>e/(a-1)*ui,s=e=>di-(e-r)/(i-r||1)*152-4;return h`<figure class="plot">
    <figcaption>${e}</figcaption>
    <svg
      viewBox="0 0 ${ui} ${di}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${e}: from ${j(r)} to ${j(i)} over ${a} steps"
    >
      ${t.map(({values:e})=>ge`<path d=${e.map((e,t)=>e===null?``:`${t===0?`M`:`L`}${o(t).toFixed(1)} ${s(e).toFixed(1)}`).join(``)} />`)}
    </svg>
    <p class="hint">
      ${t.length} ${t.length===1?`picture`:`pictures`}, ${a} steps, from
      ${j(r)} to ${j(i)}
    </p>
  </figure>`}var B=new Map,pi=200;function mi(e){if(!Xe())return e;let t=B.get(e);return t===void 0&&hi(e),t||_}async function hi(e){B.set(e,``);let[t]=B;B.size>pi&&t&&(URL.revokeObjectURL(t[1]),B.delete(t[0]));try{B.set(e,URL.createObjectURL(await ot(e)))}catch{return}E()}function gi(){for(let e of B.values())URL.revokeObjectURL(e);B.clear()}var _i=e=>t=>{Xe()&&(t.preventDefault(),ot(e).then(t=>Ht(t,e.split(`/`).map(decodeURIComponent).at(-1)??`file`),E))},vi=({status:e})=>h`<span class="badge is-${e}"
    ><span aria-hidden="true">${ni(e)}</span> ${N(e)}</span
  >`,yi=({kind:e,progress:t,status:n})=>h`<progress
    max="1"
    .value=${n===`succeeded`?1:t.fraction}
    aria-label="Progress of ${Lt(e)}"
  ></progress>`,bi=e=>{let{job:t,refusal:n}=e;return e.isDeleted?h`<section class="card">
      ${Tn(`Deleted`,`The job and its files are gone`)}
      <a href="#/jobs">All jobs</a>
    </section>`:h`<section class="card job" aria-labelledby="job-title">
    ${F(n)}
    ${t?xi(e,t):n?_:h`<p class="quiet">Looking …</p>`}
  </section>`},xi=(e,t)=>h`<div class="card-head">
      <h2 id="job-title">${N(t.kind)} <span class="quiet">of ${t.model}</span></h2>
      ${vi(t)}
    </div>
    <div class="standing">
      ${yi(t)}
      <span class="percent">${Si(t)}</span>
    </div>
    <p role="status" id="standing">${ri(t)}</p>
    ${e.isCutOff&&z.has(t.status)?Tn(`No news at the moment`,`The connection broke off; the page goes on by itself`):_}
    <div class="buttons">${Ci(e,t)}</div>
    ${Ti(e,t)}
    ${e.rises.length>0?fi(`How far each picture rose towards its objective`,e.rises.map(({objective:e,scores:t})=>({name:e,values:t}))):_}
    ${Di(e,t)} ${ki(t)}`,Si=({status:e,progress:t})=>e===`succeeded`?`100 %`:`${Math.floor(t.fraction*100)} %`;function Ci(e,t){let{isAsking:n}=e,r=()=>void e.cancel(),i=()=>void e.retry();if(z.has(t.status))return[h`<button class="plain is-alarm" type="button" ?disabled=${n} @click=${r}>
        Cancel
      </button>`];let a=h`<button class="plain" type="button" ?disabled=${n} @click=${i}>
    Retry
  </button>`,o=h`<button
    class="plain is-alarm"
    type="button"
    ?disabled=${n}
    @click=${r}
  >
    Delete with its files
  </button>`;return t.status===`succeeded`?e.artifacts.some(({path:e})=>e===`atlas.json`)?[h`<a class="button plain" href=${k(`atlas`,[t.id])}>Open the atlas</a>`,o]:[o]:[a,o]}var wi={"grid.png":`All pictures, each under what it was made for`,"preview.png":`A grid of the atlas, with the names of classes`};function Ti(e,t){let n=e.artifacts.find(({path:e})=>e in wi);if(n){let e=R(t.id,n.path);return h`<a class="made" href=${e} target="_blank" @click=${_i(e)}
      ><img src=${mi(e)} alt=${wi[n.path]??``}
    /></a>`}return z.has(t.status)?h`<div class="made is-open">
    ${e.preview?h`<img src="data:image/png;base64,${e.preview}" alt="What is being made" />`:h`<p class="quiet">What is being made will be seen here.</p>`}
  </div>`:_}var Ei=24;function Di({artifacts:e},t){return e.length===0?_:h`<details class="files" ?open=${e.length<=Ei}>
    <summary>${e.length} ${e.length===1?`file`:`files`}</summary>
    <ul class="artifacts">
      ${e.map(n=>h`<li>${Oi(n,t,e.length<=Ei)}</li>`)}
    </ul>
  </details>`}var Oi=({path:e,bytes:t,media_type:n},r,i)=>{let a=R(r.id,e),o=n.startsWith(`image/`)&&(i||!Xe());return h`<a href=${a} target="_blank" @click=${_i(a)}>
    ${o?h`<img src=${mi(a)} alt="" loading="lazy" width="96" height="96" />`:h`<span class="no-picture" aria-hidden="true">${e.split(`.`).pop()}</span>`}
    <span>${e}</span> <span class="quiet">${Ft(t)}</span>
  </a>`},ki=e=>h`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${e.id}</dd>
      <dt>Submitted</dt>
      <dd>${A(e.created_at)}</dd>
      ${Ai(`Begun`,e.started_at)} ${Ai(`Ended`,e.finished_at)}
      ${Ai(`Kept until`,e.expires_at)}
      <dt>Attempts</dt>
      <dd>${e.attempt}</dd>
      ${Object.entries(e.params).map(([e,t])=>h`<dt>${N(e)}</dt>
            <dd>${ji(t)}</dd>`)}
    </dl>
  </details>`,Ai=(e,t)=>t?h`<dt>${e}</dt>
        <dd>${A(t)}</dd>`:_;function ji(e){return e===null?`automatic`:typeof e==`object`?JSON.stringify(e):String(e)}var Mi=class{about;cells;grid;sides;numbers;constructor(e,t){this.about=e,this.cells=t;let{grid:n}=e;this.grid=n,this.numbers=new Int32Array(n*n).fill(-1),t.forEach(({x:e,y:t},r)=>this.numbers[t*n+e]=r);let r=(e.points+e.sparse_points)/n**2;this.sides=t.map(({n:e})=>Pi(e,r))}numberAt(e,t){return e>=0&&t>=0&&e<this.grid&&t<this.grid?this.numbers[t*this.grid+e]??-1:-1}at(e,t){return this.cells[this.numberAt(e,t)]}},Ni=.3,Pi=(e,t)=>Math.max(Ni,Math.min(1,Math.sqrt(e/(t||1)))),Fi=({grids:e},t)=>e.find(({grid:e})=>e===t)??e[0],V=({document:e},t)=>e.classes[t]??`class ${t}`,Ii=({document:e})=>e.kind===`dataset-map`?`images`:`activations`,Li=(e,t=``)=>`atlases/${encodeURIComponent(e)}${t}`,Ri=async(e=``)=>(await C(`atlases${ut({cursor:e})}`)).body;async function zi(e){let{body:t}=await C(Li(e));return Bi(t.version),{id:e,document:t,grids:await Promise.all(t.grids.map(async t=>{let{body:n}=await C(R(e,t.cells_path));return new Mi(t,n.cells)}))}}function Bi(e){if((e??1)!==1)throw new S({title:`This atlas has another format`,detail:`This page reads version 1, and the atlas has version ${e}. Load the page anew.`,code:`atlas_version`})}var Vi=async(e,t,n)=>(await C(Li(e,`/locate`),{method:`POST`,body:lt(t,{}),signal:n})).body,Hi=/^-?\d+(\.\d+)?(e-?\d+)?$/i,Ui=(e,t)=>Object.fromEntries(Object.entries(e).filter(([e,n])=>n.trim()!==``&&e in t).map(([e,n])=>[e,Wi(n.trim(),t[e]??{})]));function Wi(e,t){let n=t.anyOf??[t],r=e=>n.some(t=>t.type===e);return r(`boolean`)&&(e===`true`||e===`false`)?e===`true`:(r(`integer`)||r(`number`))&&Hi.test(e)?Number(e):n.some(t=>Gi(e,t))?e:r(`array`)?e.split(`,`).map(e=>Ki(e.trim())):e}var Gi=(e,{type:t,pattern:n,enum:r})=>t===`string`&&(n===void 0||new RegExp(n).test(e))&&(r===void 0||r.includes(e)),Ki=e=>Hi.test(e)?Number(e):e,qi=`atlas`,H={model:``,datasets:null,written:{quality:`draft`},properties:null,estimate:null,isAsking:!1,refusal:null};async function Ji(){if(D.isReady){O(H.model)||(H.model=Ot()),Dt(H.model).catch(()=>setTimeout(()=>void Ji(),2e3));try{let[e,t]=await Promise.all([C(`datasets`),H.properties?null:C(`openapi.json`)]);H.datasets=e.body.datasets,t&&(H.properties=ln(t.body.components.schemas.AtlasParameters)),H.datasets.some(({id:e})=>e===H.written.dataset)||(H.written.dataset=H.datasets[0]?.id??``)}catch(e){H.refusal=T(e)}E()}}function Yi(e,t){t===``?delete H.written[e]:H.written[e]=t,e===`class_filter`&&t===``&&delete H.written.versus,H.estimate=null,E()}function Xi(e){let{dataset:t=``,quality:n=`draft`}=H.written;Object.assign(H,{model:e,estimate:null,written:{dataset:t,quality:n}}),Ji(),E()}var Zi=()=>Ui(H.written,H.properties??{}),Qi=()=>ta(async()=>{let e=await Jr(qi,H.model,{...Zi(),dry_run:!0},!0);if(e.status!==`succeeded`)throw new S({title:`What it costs is not known yet`,detail:ri(e),code:e.error?.code??``,retrySeconds:e.status===`failed`?null:1});H.estimate=(await C($i(e))).body,await Yr(e.id)}),$i=({id:e})=>`jobs/${encodeURIComponent(e)}/result`,ea=()=>ta(async()=>{let e=await Jr(qi,H.model,Zi());location.hash=k(`atlas`,[e.id])});async function ta(e){Object.assign(H,{isAsking:!0,refusal:null}),E();try{await e()}catch(e){H.refusal=T(e)}H.isAsking=!1,E()}var na=[{value:`draft`,text:`draft: 2,000 images, one grid`},{value:`standard`,text:`standard: 20,000 images, three grids`},{value:`published`,text:`published: 1,000,000 images, four grids; for GPUs`}],ra=new Set([`dataset`,`quality`,`layer`,`class_filter`,`versus`,`dry_run`]),ia=()=>h`<form class="card choices" aria-labelledby="order-title" @submit=${aa}>
    <h2 id="order-title">Make an atlas</h2>
    <p class="quiet">
      What a layer sees in your images: places of many images, laid out so that what is alike to the
      model lies together, each cell drawn as what it looks for.
    </p>
    ${H.datasets?.length===0?oa():sa()}
    ${F(H.refusal,()=>void Qi())}
  </form>`;function aa(e){e.preventDefault(),ea()}var oa=()=>h`<p>It is made of the images of a dataset, and there is none yet.</p>
    <p><a class="button" href="#/datasets">Add a dataset</a></p>`;function sa(){let{written:e,datasets:t,properties:n}=H,r=H.isAsking||!n||!e.dataset,i=(t,n,r)=>P({id:`order-${t}`,label:n,value:e[t]??``,choices:r,change:e=>Yi(t,e)});return h`${i(`dataset`,`Dataset`,(t??[]).map(({id:e,name:t,images:n})=>({value:e,text:`${t} · ${M(n)} images`})))}
  ${P({id:`order-model`,label:`Model`,value:H.model,choices:D.models.map(({name:e})=>({value:e,text:e})),change:Xi})}
  ${i(`quality`,`Quality`,na)} ${i(`layer`,`Layer`,ca())}
  ${i(`class_filter`,`Activations`,[{value:``,text:`all of them`},...la(``).map(({value:e,text:t})=>({value:e,text:`that speak for “${t}”`}))])}
  ${e.class_filter?i(`versus`,`Compared with`,[{value:``,text:`nothing`},...la(e.class_filter)]):_}
  <details class="own">
    <summary>All settings</summary>
    ${fn(Object.fromEntries(Object.entries(n??{}).filter(([e])=>!ra.has(e))),e,Yi,`order`)}
  </details>
  <div id="cost" role="status">${H.estimate?ua(H.estimate):_}</div>
  <div class="buttons">
    <button id="start" type="submit" ?disabled=${r}>Make the atlas</button>
    <button class="plain" id="ask-cost" type="button" ?disabled=${r} @click=${()=>void Qi()}>
      What will it cost?
    </button>
  </div>`}function ca(){let e=D.details.get(H.model)?.default_layer??``,t=(D.layers.get(H.model)??[]).filter(({output_shape:e})=>e.length===3);return[{value:``,text:e?`the last map (${e})`:`the last map`},...t.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.join(` × `)}`})).reverse()]}var la=e=>(O(H.model)?.classes??[]).map((e,t)=>({value:String(t),text:e})).filter(({value:t})=>t!==e),ua=({images:e,activations:t,cells:n,icon_steps:r})=>h`<dl class="facts">
    <dt>Images</dt>
    <dd>${M(e)}</dd>
    <dt>Activations</dt>
    <dd>${M(t)}</dd>
    <dt>Cells</dt>
    <dd>at most ${M(n)}</dd>
    <dt>Icon steps</dt>
    <dd>at most ${M(r)}, a pass forward and back each</dd>
  </dl>`,U={atlases:[],nextCursor:null,open:[],isLoaded:!1,refusal:null},da=3e3,fa=0,pa=!1;async function ma(){pa=!0,clearTimeout(fa);try{let[{atlases:e,next_cursor:t},{jobs:n}]=await Promise.all([Ri(),Gr({kind:qi,limit:`50`}),Ji()]),r=n.filter(({status:e,params:t})=>z.has(e)&&!t.dry_run);Object.assign(U,{atlases:e,nextCursor:t,open:r,isLoaded:!0,refusal:null})}catch(e){U.refusal=T(e)}E(),pa&&(U.open.length!==0||U.refusal)&&(clearTimeout(fa),fa=window.setTimeout(()=>void ma(),da))}function ha(){pa=!1,clearTimeout(fa)}async function ga(){let{atlases:e,next_cursor:t}=await Ri(U.nextCursor??``);Object.assign(U,{atlases:[...U.atlases,...e],nextCursor:t}),E()}var _a=()=>h`<div class="features atlases">
    ${ia()}
    <div class="watching">
      ${F(U.refusal,()=>void ma())}
      ${U.open.length>0?va():_}
      ${U.atlases.length>0?ya():U.isLoaded?Sa():_}
    </div>
  </div>`,va=()=>h`<section class="card" aria-labelledby="open-title">
    <h2 id="open-title">Being made</h2>
    <ul class="jobs">
      ${U.open.map(e=>h`<li>
            <a href=${k(`atlas`,[e.id])}>${xa(String(e.params.dataset))}</a>
            <span class="quiet">${e.model} · ${A(e.created_at)}</span>
            <span></span>
            ${yi(e)} <span class="words">${ri(e)}</span>
          </li>`)}
    </ul>
  </section>`,ya=()=>h`<section class="card" aria-labelledby="done-title">
    <h2 id="done-title">Atlases</h2>
    <ul class="earlier is-large">
      ${U.atlases.map(ba)}
    </ul>
    ${U.nextCursor?h`<button class="plain" type="button" @click=${()=>void ga()}>
            Older ones
          </button>`:_}
  </section>`,ba=e=>h`<li>
    <a href=${k(`atlas`,[e.id])}>
      <img src=${mi(R(e.id,`preview.png`))} alt="" loading="lazy" />
      <strong>${xa(e.dataset)}</strong>
      <span class="quiet"
        >${e.kind&&e.kind!==`atlas`?`${Lt(e.kind)} · `:``}${e.model}
        · ${A(e.finished_at)}</span
      >
    </a>
  </li>`,xa=e=>H.datasets?.find(t=>t.id===e)?.name??e.slice(0,8),Sa=()=>h`<section class="card teaching">
    <p>
      There is no atlas yet. Choose a dataset and make a draft: of a few hundred images it takes
      minutes on a laptop, and you can watch it come. Then look around in it: which cells speak for a
      class, what tells two classes apart, and where a picture of yours would lie.
    </p>
  </section>`;function Ca(e){let{id:t,document:n}=e;return h`<section class="card" aria-labelledby="about-title">
    <h2 id="about-title">${N(n.kind)} of ${xa(n.dataset)}</h2>
    <dl class="facts">
      <dt>Model</dt>
      <dd><a href=${k(`model`,[n.model])}>${n.model}</a></dd>
      <dt>Layer</dt>
      <dd>
        <a href=${k(`model`,[n.model,...n.layer.split(`/`)])}
          >${n.layer}</a
        >, ${It(n.layer_shape)}
      </dd>
      ${wa(e)}
      <dt>Images</dt>
      <dd>${M(n.images)}${n.unread?`, ${M(n.unread)} unread`:``}</dd>
      <dt>${N(Ii(e))}</dt>
      <dd>${M(n.points)}</dd>
      <dt>Grids</dt>
      <dd>${n.grids.map(({grid:e,cells:t})=>`${e} × ${e} (${M(t)} cells)`).join(`, `)}</dd>
    </dl>
    <div class="buttons is-after">
      <button class="plain" id="copy-link" type="button" @click=${zt(()=>location.href)}>
        Copy link
      </button>
      <a
        class="button plain"
        href=${R(t,n.preview_path)}
        @click=${_i(R(t,n.preview_path))}
        target="_blank"
        >Picture</a
      >
      <a class="button plain" href=${k(`jobs`,[t])}>Job and files</a>
    </div>
  </section>`}function wa(e){let{class_filter:t,versus:n}=e.document;return t==null?_:h`<dt>${n==null?`Class`:`Classes`}</dt>
    <dd>
      ${V(e,t)}${n==null?``:` (left) and ${V(e,n)} (right)`}
    </dd>`}var Ta={target:null,versus:null,isAgainst:!1,intensity:1},Ea=.25,Da=({document:e},t,n)=>t.f[e.filter_classes.indexOf(n)]??0;function Oa(e,t,{target:n,versus:r}){if(n===null)return 0;let i=Da(e,t,n);return r===null?i:i-Da(e,t,r)}function ka(e,t,n){if(n.target===null)return 1;let r=Oa(e,t,n),i=n.versus===null?n.isAgainst?-r:r:Math.abs(r),a=Math.max(0,i/(e.document.full_influence||1));return Math.min(1,a*n.intensity)}function Aa(e,{cells:t},n){let r=n.isAgainst&&n.versus===null?-1:1,i=t=>n.target===null?t.n:r*Oa(e,t,n);return[...t].sort((e,t)=>i(t)-i(e))}function ja(e,{target:t,versus:n,isAgainst:r}){if(t===null)return`All cells`;let i=V(e,t);return n===null?`What speaks ${r?`against`:`for`} “${i}”`:`What speaks for “${i}” or for “${V(e,n)}”`}var Ma=160,Na=.7;function Pa(e){let t=[],n=e.map(({grid:e,about:t})=>e*t.icon_size);for(let e=Math.max(...n);e>=Ma;e/=2)t.unshift(e);return t.length===0&&t.push(Math.max(...n)),t.map(t=>({side:t,grid:Fa(e,t)}))}function Fa(e,t){let n=({grid:e,about:n})=>Math.abs(Math.log(t/(e*n.icon_size)));return e.reduce((e,t)=>n(t)<n(e)?t:e)}function Ia(e,t){return(e.findLast(({side:e})=>t/e>=.7)??e[0]).grid}var La=.1,Ra=230,za=9,Ba=22,Va=[-1,0,1];function Ha(e){let t=new Int32Array(e.cells.length).fill(-1);return e.cells.forEach((n,r)=>{if(t[r]!==-1)return;let i=[r];t[r]=r;for(let a=i.pop();a!==void 0;a=i.pop()){let o=e.cells[a]??n;for(let a of Va)for(let s of Va){let c=e.numberAt(o.x+s,o.y+a);c<0||t[c]!==-1||e.cells[c]?.i[0]===n.i[0]&&(t[c]=r,i.push(c))}}}),t}function Ua(e,t,n,r){let i=[],a=r*t.grid;for(let o of Wa(t,n,r)){let n=t.cells[o],r=n?.i[0];if(!n||r===void 0)continue;let s={cell:n,text:V(e,r),x:(n.x+.5)/t.grid,y:(n.y+1)/t.grid};i.some(e=>Ga(s,e,a))||i.push(s)}return i}function Wa(e,t,n){let r=Math.max(1,Math.round(Ra/n)),i=t=>e.cells[t]?.v[0]??0,a=e.cells.reduce((e,{v:t})=>Math.max(e,t[0]??0),0),o=new Map;return e.cells.forEach(({x:e,y:n},s)=>{if(i(s)<La*a||a<=0)return;let c=`${t[s]} ${Math.floor(e/r)} ${Math.floor(n/r)}`,l=o.get(c);(l===void 0||i(s)>i(l))&&o.set(c,s)}),[...o.values()].sort((e,t)=>i(t)-i(e))}function Ga(e,t,n){let r=Math.abs(e.x-t.x)*n,i=Math.abs(e.y-t.y)*n;return e.text===t.text?Math.hypot(r,i)<Ra*.7:r<(e.text.length+t.text.length)*za/2&&i<Ba}var Ka=.35;function qa(e,t,n,r){if(n.target===null)return null;let i=document.createElement(`canvas`),a=t.grid+2;i.width=i.height=a;let o=i.getContext(`2d`),s=o.createImageData(a,a);for(let e=0;e<a**2;e++)s.data.set([...r.ground,255],e*4);for(let i of t.cells){let t=(i.y+1)*a+i.x+1;s.data.set(Ja(e,i,n,r),t*4)}return o.putImageData(s,0,0),i}function Ja(e,t,n,r){let i=ka(e,t,n),a=n.versus===null?0:Ka*i,o=Oa(e,t,n)>=0?r.target:r.versus,s=1-i*(1-a),c=e=>s>0?(r.ground[e]*(1-i)*(1-a)+o[e]*a)/s:0;return[c(0),c(1),c(2),255*s]}var Ya=.4,Xa=.15,Za=class{atlas;canvas=document.createElement(`canvas`);shade=null;shadeKey=``;regions=new Map;labels=[];labelsKey=``;inks=$a(document.documentElement);constructor(e){this.atlas=e,this.canvas.className=`atlas-overlay`,this.canvas.setAttribute(`aria-hidden`,`true`)}recolour(){this.inks=$a(this.canvas.parentElement??document.documentElement),this.shadeKey=``}draw(e,t){let n=this.cleared(e);n.save(),n.translate(e.left,e.top),this.drawShade(n,e,t.filter),this.drawAllLocated(n,e,t.located),t.hasLabels&&this.drawLabels(n,e,t.filter),t.chosen&&this.drawMark(n,e,t.chosen,3),t.hovered&&this.drawMark(n,e,t.hovered,2),n.restore()}cleared({view:e}){let{canvas:t}=this,n=devicePixelRatio,[r,i]=[Math.round(e.width*n),Math.round(e.height*n)];(t.width!==r||t.height!==i)&&(t.width=r,t.height=i);let a=t.getContext(`2d`);return a.setTransform(n,0,0,n,0,0),a.clearRect(0,0,e.width,e.height),a}drawShade(e,{width:t,grid:n},r){let i=`${n.grid} ${JSON.stringify(r)}`;if(i!==this.shadeKey&&(this.shade=qa(this.atlas,n,r,this.inks.palette),this.shadeKey=i),!this.shade)return;e.imageSmoothingEnabled=!1;let a=1*t/n.grid;e.drawImage(this.shade,-a,-a,t+2*a,t+2*a)}drawLabels(e,t,n){let{grid:r,width:i}=t,a=Math.round(2*Math.log2(i/r.grid)),o=`${r.grid} ${a}`;if(o!==this.labelsKey){let e=this.regions.get(r)??Ha(r);this.regions.set(r,e),this.labels=Ua(this.atlas,r,e,2**(a/2)),this.labelsKey=o}e.font=`600 ${Math.max(12,Math.min(18,i/r.grid/4))}px system-ui, sans-serif`,e.textAlign=`center`,e.textBaseline=`bottom`,e.lineJoin=`round`,e.lineWidth=4,e.strokeStyle=this.inks.ground,e.fillStyle=this.inks.ink;for(let{cell:r,x:a,y:o,text:s}of this.labels)!Qa(t,a,o)||ka(this.atlas,r,n)<Xa||(e.strokeText(s,a*i,o*i),e.fillText(s,a*i,o*i))}drawMark(e,{width:t},n,r){let i=t/n.grid,[a,o]=[n.x*i,n.y*i];e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=r*2+2,e.strokeRect(a,o,i,i),e.strokeStyle=this.inks.ink,e.lineWidth=r,e.strokeRect(a,o,i,i)}drawAllLocated(e,t,n){let r=[...n.filter(({grid:e})=>e===t.grid.grid)].sort((e,t)=>e.weight-t.weight),i=r.at(-1)?.weight??1;for(let n of r)this.drawLocated(e,t,n,i)}drawLocated(e,{grid:t,width:n},{weight:r,...i},a){let o=n/t.grid,[s,c]=[i.x*o,i.y*o],l=1.5+r/a*4;if(e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=l+3,e.strokeRect(s,c,o,o),e.strokeStyle=this.inks.mark,e.lineWidth=l,e.strokeRect(s,c,o,o),r<a*Ya)return;let u=`${Math.round(r*100)} %`;e.font=`650 12px system-ui, sans-serif`,e.textAlign=`left`,e.textBaseline=`middle`;let d=e.measureText(u).width+10;e.fillStyle=this.inks.mark,e.fillRect(s-l/2,c-l/2,d,19),e.fillStyle=this.inks.ground,e.fillText(u,s-l/2+5,c-l/2+10)}};function Qa({left:e,top:t,width:n,view:r},i,a){let[o,s]=[e+i*n,t+a*n];return o>-200&&s>-30&&o<r.width+200&&s<r.height+30}function $a(e){let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim();return{palette:{ground:eo(n(`--sky`)),target:eo(n(`--one`)),versus:eo(n(`--other`))},ink:n(`--ink`),ground:n(`--card`),mark:n(`--found`)}}function eo(e){let t=document.createElement(`canvas`).getContext(`2d`);t.fillStyle=e,t.fillRect(0,0,1,1);let[n=0,r=0,i=0]=t.getImageData(0,0,1,1).data;return[n,r,i]}function to(e,{levels:t,sprites:n,isSized:r}){let i=t.at(-1)?.side??1,a=new e.TileSource({width:i,height:i,tileSize:i,minLevel:0,maxLevel:t.length-1}),o=e=>t[e]??t[0],s=e=>{let{grid:t,side:n}=o(e);return n/t.grid*t.about.tile_cells},c=(e,t,n)=>({width:Math.round(s(e)*no(o(e).grid,t)/l(e)),height:Math.round(s(e)*no(o(e).grid,n)/l(e))}),l=e=>o(e).grid.about.tile_cells;return Object.assign(a,{getTileWidth:s,getTileHeight:s,getNumTiles:t=>{let n=Math.ceil(o(t).grid.grid/l(t));return new e.Point(n,n)},getPixelRatio:t=>new e.Point(1/o(t).side,1/o(t).side),getTileBounds:(t,n,r,i=!1)=>{let{width:a,height:s}=c(t,n,r);if(i)return new e.Rect(0,0,a,s);let{grid:u}=o(t).grid;return new e.Rect(n*l(t)/u,r*l(t)/u,no(o(t).grid,n)/u,no(o(t).grid,r)/u)},getTileUrl:(e,t,n)=>`${o(e).grid.about.tiles_path}/${n}_${t}.webp`,getTileHashKey:(e,t,n)=>`${e}/${n}_${t}${r?` sized`:``}`,hasTransparency:()=>!0,downloadTileStart:e=>{let{level:t,x:i,y:a}=e.tile,s={...c(t,i,a),isSized:r};n.draw(o(t).grid,a,i,s).then(t=>e.finish(t,null,`context2d`),t=>e.fail(String(t),null))},downloadTileAbort:()=>void 0})}var no=({grid:e,about:t},n)=>Math.min(t.tile_cells,e-n*t.tile_cells),ro=160,io=class{id;kept=new Map;constructor(e){this.id=e}async draw(e,t,n,{width:r,height:i,isSized:a}){let o=document.createElement(`canvas`);o.width=r,o.height=i;let s=o.getContext(`2d`),c=ao(e,t,n);if(c.length===0)return s;let l=await createImageBitmap(await this.fetch(e,t,n)),{icon_size:u,tile_cells:d}=e.about,ee=r*u/l.width,te=i*u/l.height;s.imageSmoothingQuality=`high`;for(let t of c){let n=e.cells[t],[r,i]=[n.x%d,n.y%d],o=a?e.sides[t]??1:1,[c,f]=[ee*o,te*o],ne=r*ee+(ee-c)/2,re=i*te+(te-f)/2;s.drawImage(l,r*u,i*u,u,u,ne,re,c,f)}return l.close(),s}async drawIcon(e,{x:t,y:n},r,i){let{icon_size:a,tile_cells:o}=e.about,s=await this.fetch(e,Math.floor(n/o),Math.floor(t/o)),c=t%o*a,l=await createImageBitmap(s,c,n%o*a,a,a);i()&&(r.width=r.height=a,r.getContext(`2d`)?.drawImage(l,0,0)),l.close()}fetch({about:e},t,n){let r=`${e.tiles_path}/${t}_${n}.webp`,i=this.kept.get(r)??ot(R(this.id,r));this.kept.delete(r),this.kept.set(r,i),i.catch(()=>this.kept.delete(r));let[a]=this.kept.keys();return this.kept.size>ro&&a!==void 0&&this.kept.delete(a),i}};function ao(e,t,n){let r=e.about.tile_cells;return Array.from({length:r*r},(i,a)=>e.numberAt(n*r+a%r,t*r+Math.floor(a/r))).filter(e=>e>=0)}var oo=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),so=function(e,t){return new URL(e,t).href},co={},lo=function(e){return e.pathname.endsWith(`.css`)},uo=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},fo=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=so(t,n);let r=s(t),i=lo(r);return uo(co,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:oo,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},po={x:.5,y:.5,zoom:1},mo=4,ho=1/6,go=1.6,_o=1.15,vo=class e{library;told;sprites;levels;overlay;viewer;dark=matchMedia(`(prefers-color-scheme: dark)`);shown;static async open(t,n,{camera:r,shown:i,told:a}){let{default:o}=await fo(async()=>{let{default:e}=await import(`./openseadragon-BZ8LxKSf.js`).then(e=>c(e.default,1));return{default:e}},[],import.meta.url);return new e(o,t,n,r,i,a)}constructor(e,t,n,r,i,a){this.library=e,this.told=a,this.shown=i,this.sprites=new io(n.id),this.levels=Pa(n.grids),this.overlay=new Za(n),xo(),this.viewer=e({...bo(e),element:t}),this.viewer.canvas.append(this.overlay.canvas),this.viewer.canvas.tabIndex=-1,this.viewer.navigator.element.setAttribute(`aria-hidden`,`true`),this.overlay.recolour(),this.listen(),this.openSource(r)}destroy(){this.dark.removeEventListener(`change`,this.recolour),this.viewer.destroy()}show(e){let t=this.shown.isSized!==e.isSized;this.shown=e,t&&this.openSource(this.camera()),this.draw()}camera(){let{viewport:e}=this.viewer,{x:t,y:n}=e.getCenter(!1);return{x:t,y:n,zoom:e.getZoom(!1)/e.getHomeZoom()}}moveTo({x:e,y:t,zoom:n},r=!1){let{viewport:i}=this.viewer;i.zoomTo(n*i.getHomeZoom(),void 0,r),i.panTo(new this.library.Point(e,t),r),i.applyConstraints(r)}zoomIn(){this.viewer.viewport.zoomBy(go).applyConstraints()}zoomOut(){this.viewer.viewport.zoomBy(1/go).applyConstraints()}goHome(){this.viewer.viewport.goHome()}flyTo({grid:e,x:t,y:n}){let r=Math.max(1,e*ho,this.camera().zoom),i=Ia(this.levels,this.width(r)),a=this.levels.find(t=>t.grid.grid===e)?.side??0,o=i.grid===e?r:a*Na/this.width(1);this.moveTo({x:(t+.5)/e,y:(n+.5)/e,zoom:o})}reveal({grid:e,x:t,y:n}){let r=this.viewer.viewport.getBounds(!1),[i,a,o]=[t/e,n/e,1/e];i>=r.x&&a>=r.y&&i+o<=r.x+r.width&&a+o<=r.y+r.height||this.viewer.viewport.panTo(new this.library.Point(i+o/2,a+o/2)).applyConstraints()}grid(){return Ia(this.levels,this.width(this.camera().zoom))}async toggleFullScreen(){let e=this.viewer.element.parentElement;document.fullscreenElement?await document.exitFullscreen():await e?.requestFullscreen()}width(e){let{viewport:t}=this.viewer;return e*t.getHomeZoom()*t.getContainerSize().x}openSource(e){let{isSized:t}=this.shown,n=to(this.library,{levels:this.levels,sprites:this.sprites,isSized:t});this.viewer.addOnceHandler(`open`,()=>{this.moveTo(e,!0),this.tellMoved()}),this.viewer.open({tileSource:n})}listen(){let{viewer:e}=this;this.dark.addEventListener(`change`,this.recolour),e.addHandler(`update-viewport`,()=>this.draw()),e.addHandler(`fully-loaded-change`,({fullyLoaded:t})=>e.element.setAttribute(`aria-busy`,String(!t))),e.addHandler(`animation-finish`,()=>this.tellMoved()),e.addHandler(`canvas-click`,e=>{e.quick&&(e.preventDefaultAction=!0,this.told.chosen(this.placeAt(e.position)))});let{canvas:t}=e;t.addEventListener(`pointermove`,e=>{if(e.pointerType!==`mouse`||e.buttons!==0)return;let{left:n,top:r}=t.getBoundingClientRect(),i=new this.library.Point(e.clientX-n,e.clientY-r);this.told.hovered(this.placeAt(i))}),t.addEventListener(`pointerleave`,()=>this.told.hovered(null))}recolour=()=>{this.overlay.recolour(),this.draw()};tellMoved(){if(!this.viewer.isOpen())return;let e=this.camera();this.viewer.navigator.element.classList.toggle(`is-idle`,e.zoom<_o),this.told.moved(e,this.grid())}placeAt(e){if(!this.viewer.isOpen())return null;let{grid:t}=this.frame(),{grid:n}=t,{x:r,y:i}=this.viewer.viewport.pointFromPixel(e,!0),a={grid:n,x:Math.floor(r*n),y:Math.floor(i*n)};return t.at(a.x,a.y)?a:null}frame(){let{viewport:e}=this.viewer,t=e.pixelFromPoint(new this.library.Point(0,0),!0),{x:n,y:r}=e.getContainerSize(),i=e.getZoom(!0)*n,a=Ia(this.levels,i);return{left:t.x,top:t.y,width:i,grid:a,view:{width:n,height:r}}}draw(){if(!this.viewer.isOpen())return;let e=this.frame();this.overlay.draw(e,this.shown),this.told.framed(e)}},yo=()=>matchMedia(`(prefers-reduced-motion: reduce)`).matches,bo=e=>({drawer:`canvas`,animationTime:yo()?0:.6,springStiffness:8,visibilityRatio:.6,minZoomImageRatio:.8,maxZoomPixelRatio:mo,minPixelRatio:Na,zoomPerScroll:1.25,imageLoaderLimit:6,maxImageCacheCount:128,immediateRender:!0,gestureSettingsMouse:{clickToZoom:!1,dblClickToZoom:!0},keyboardNavEnabled:!1,showNavigationControl:!1,showNavigator:!0,navigatorPosition:`BOTTOM_RIGHT`,navigatorSizeRatio:.18,navigatorMaintainSizeRatio:!0,navigatorAutoFade:!1,subPixelRoundingForTransparency:{"*":e.SUBPIXEL_ROUNDING_OCCURRENCES.ALWAYS}});function xo(){let e=`data-openseadragon-mobile-css`;if(document.querySelector(`style[${e}]`))return;let t=document.createElementNS(null,`style`);t.setAttribute(e,``),document.head.append(t)}var So=()=>({filter:Ta,hasLabels:!0,isSized:!0,camera:po,grid:0,hovered:null,chosen:null,located:null,soughtPicture:``,seeking:null,seekRefusal:null,listed:20}),W={id:``,atlas:null,followed:null,refusal:null,viewer:null,...So()},Co=e=>Fi(e,W.grid);function wo(e,t){if(!t)return null;let n=Fi(e,t.grid),r=n.grid===t.grid?n.at(t.x,t.y):void 0;return r?{cell:r,grid:n}:null}var To=({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:a})=>({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:(a??[]).map(({grid:e,row:t,column:n,weight:r})=>({grid:e,x:n,y:t,weight:r}))});function Eo(e,t,n){let r=new URLSearchParams,{camera:i,filter:a,chosen:o}=t;return Do(i)||(r.set(`at`,[i.x,i.y].map(e=>e.toFixed(4)).join(`,`)),r.set(`zoom`,i.zoom.toFixed(3))),a.target!==null&&r.set(`class`,Oo(e,a.target)),a.versus!==null&&r.set(`versus`,Oo(e,a.versus)),a.isAgainst&&r.set(`against`,`1`),a.intensity!==1&&r.set(`intensity`,String(a.intensity)),t.hasLabels||r.set(`labels`,`0`),t.isSized||r.set(`sized`,`0`),o&&r.set(`cell`,`${o.grid},${o.x},${o.y}`),t.soughtPicture&&r.set(`picture`,n?.sample??`own`),r}var Do=({x:e,y:t,zoom:n})=>Math.abs(e-po.x)<.001&&Math.abs(t-po.y)<.001&&Math.abs(n-1)<.001;function Oo(e,t){let n=V(e,t);return e.document.classes.indexOf(n)===t&&Number.isNaN(Number(n))?n:String(t)}function ko(e,t){let n=Number(t.get(`zoom`)),[r,i]=Mo(t.get(`at`));return{...So(),camera:r!==void 0&&i!==void 0&&n>0?{x:r,y:i,zoom:n}:po,filter:Ao(e,t),hasLabels:t.get(`labels`)!==`0`,isSized:t.get(`sized`)!==`0`,chosen:No(t.get(`cell`))}}function Ao(e,t){let n=jo(e,t.get(`class`));if(n===null)return Ta;let r=jo(e,t.get(`versus`)),i=Number(t.get(`intensity`)??1)||1;return{target:n,versus:r===n?null:r,isAgainst:t.get(`against`)===`1`,intensity:Math.min(4,Math.max(Ea,i))}}function jo({document:e},t){if(t===null||t===``)return null;let n=e.classes.indexOf(t),r=n>=0?n:Number(t);return e.filter_classes.includes(r)?r:null}var Mo=e=>(e??``).split(`,`).map(Number).filter(Number.isFinite);function No(e){let[t,n,r]=Mo(e);return e&&t!==void 0&&n!==void 0&&r!==void 0?{grid:t,x:n,y:r}:null}var Po=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Po(e,t);return!0},Fo=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},Io=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),zo(t)}};function Lo(e){this._$AN===void 0?this._$AM=e:(Fo(this),this._$AM=e,Io(this))}function Ro(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Po(r[e],!1),Fo(r[e]);else r!=null&&(Po(r,!1),Fo(r))}else Po(this,e)}}var zo=e=>{e.type==b.CHILD&&(e._$AP??=Ro,e._$AQ??=Lo)},Bo=class extends Me{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),Io(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Po(this,e),Fo(this))}setValue(e){if(Pe(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},Vo=new WeakMap,Ho=je(class extends Bo{render(e){return _}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),_}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=Vo.get(t);n===void 0&&(n=new WeakMap,Vo.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?Vo.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),Uo=3,Wo=(e,t,n)=>h`<div class="cell-head">
      <canvas
        class="icon"
        width="96"
        height="96"
        aria-hidden="true"
        ${Ho(e=>void Xo(e,t,n))}
      ></canvas>
      <p>
        <strong>${M(t.n)} ${Ii(e)}</strong>
        <span class="quiet">${Go(t,n)}</span>
        ${Ko(t)}
      </p>
    </div>
    <ol class="adds">
      ${qo(e,t).map(([t,n])=>Jo(e,t,n))}
    </ol>
    ${Yo(e,t)}`,Go=({x:e,y:t},{grid:n})=>`row ${t+1}, column ${e+1} of ${n}`;function Ko({images:e}){return!e||e.length===0?_:h`<span class="quiet names">${e.slice(0,Uo).join(`, `)}</span>`}function qo(e,t){let n=t.i.map((e,n)=>[e,t.v[n]??0]),r=[W.filter.target,W.filter.versus].filter(e=>e!==null&&!t.i.includes(e));return[...n,...r.map(n=>[n,Da(e,t,n)])]}var Jo=(e,t,n)=>{let r=Math.min(1,Math.abs(n)/(e.document.full_influence||1));return h`<li class=${t===W.filter.target||t===W.filter.versus?`is-asked`:``}>
    <span class="label">${V(e,t)}</span>
    <span class="number">${n>0?`+`:``}${j(n)}</span>
    <meter
      class=${n<0?`is-against`:``}
      min="0"
      max="1"
      .value=${r}
      aria-hidden="true"
    ></meter>
  </li>`};function Yo(e,t){let{target:n,versus:r}=W.filter;if(n===null||r===null)return _;let i=Oa(e,t,W.filter),[a,o]=i>=0?[n,r]:[r,n];return h`<p class="quiet">
    Speaks for “${V(e,a)}” rather than “${V(e,o)}” by
    ${j(Math.abs(i))}
  </p>`}async function Xo(e,t,n){let r=`${n.grid} ${t.x} ${t.y}`;if(e&&W.viewer&&e.dataset.cell!==r){e.dataset.cell=r;try{await W.viewer.sprites.drawIcon(n,t,e,()=>e.dataset.cell===r)}catch{delete e.dataset.cell}}}function Zo(e,t,n){let r=t.i.slice(0,3).map((n,r)=>`${V(e,n)} ${j(t.v[r]??0)}`);return`${Go(t,n)}: ${M(t.n)} ${Ii(e)}. Speaks for ${r.join(`, `)}.`}var Qo=null;function $o(e,t,n){return(Qo?.grid!==t||Qo.filter!==n)&&(Qo={grid:t,filter:n,cells:Aa(e,t,n)}),Qo.cells}function es(e,t,n){let r=Co(e),i=$o(e,r,t.filter),a=t.filter.target!==null;return h`<details class="card cells">
    <summary>The ${M(i.length)} cells as a table</summary>
    <p class="quiet" id="cells-title">
      ${ja(e,t.filter)}, of the grid of ${r.grid} × ${r.grid} that is seen;
      ${a?`what says most first`:`the fullest first`}.
    </p>
    <div class="scrolled" tabindex="0" role="region" aria-labelledby="cells-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">${N(Ii(e))}</th>
            ${a?h`<th scope="col">${ts(e,t)}</th>`:_}
            <th scope="col">Speaks most for</th>
          </tr>
        </thead>
        <tbody>
          ${i.slice(0,t.listed).map(i=>h`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    type="button"
                    @click=${()=>n.flyTo({grid:r.grid,x:i.x,y:i.y})}
                  >
                    ${Go(i,r)}
                  </button>
                </th>
                <td>${M(i.n)}</td>
                ${a?h`<td>${j(Oa(e,i,t.filter))}</td>`:_}
                <td>${ns(e,i)}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>
    ${i.length>t.listed?h`<button class="plain" type="button" @click=${n.listMore}>
            ${20} more
          </button>`:_}
  </details>`}function ts(e,{filter:{target:t,versus:n}}){let r=V(e,t??0);return n===null?`For “${r}”`:`“${r}” less “${V(e,n)}”`}var ns=(e,{i:t,v:n})=>t.slice(0,3).map((t,r)=>`${V(e,t)} ${j(n[r]??0)}`).join(`, `),rs=(e,{filter:t,hasLabels:n,isSized:r},i)=>h`<section class="card choices" aria-labelledby="filter-title">
    <h2 id="filter-title">What to show</h2>
    ${e.document.filter_classes.length>0?as(e,t,i):h`<p class="quiet">This atlas has no classes to filter by.</p>`}
    ${t.target===null?_:us(t,i)}
    <label class="switch">
      <input
        id="labels"
        type="checkbox"
        .checked=${n}
        @change=${e=>i.turn(`hasLabels`,is(e))}
      />
      Names of classes
    </label>
    <label class="switch">
      <input
        id="sized"
        type="checkbox"
        .checked=${r}
        @change=${e=>i.turn(`isSized`,is(e))}
      />
      Smaller icons where little lies
    </label>
  </section>`,is=e=>e.target.checked;function as(e,t,n){let{target:r,versus:i,isAgainst:a}=t;return h`${P({id:`class`,label:`Class`,value:r===null?``:String(r),choices:[{value:``,text:`all classes`},...cs(e,null)],change:e=>n.filter({target:os(e),...ss(e,i)})})}
  ${r===null?_:h`${P({id:`versus`,label:`Rather than`,value:i===null?``:String(i),choices:[{value:``,text:`nothing in particular`},...cs(e,r)],change:e=>n.filter({versus:os(e)})})}
        ${i===null?P({id:`sign`,label:`Show what speaks`,value:a?`against`:`for`,choices:[{value:`for`,text:`for “${V(e,r)}”`},{value:`against`,text:`against “${V(e,r)}”`}],change:e=>n.filter({isAgainst:e===`against`})}):ls(e,r,i)}`}`}var os=e=>e===``?null:Number(e),ss=(e,t)=>e===``||Number(e)===t?{versus:null}:{},cs=(e,t)=>e.document.filter_classes.filter(e=>e!==t).map(t=>({value:String(t),text:V(e,t)})).sort((e,t)=>e.text.localeCompare(t.text)),ls=(e,t,n)=>h`<p class="legend">
    <span class="swatch is-one"></span> ${V(e,t)}
    <span class="swatch is-other"></span> ${V(e,n)}
  </p>`,us=(e,t)=>h`<div class="field">
    <label for="intensity">Intensity</label>
    <div class="opacity">
      <input
        id="intensity"
        type="range"
        min=${Math.log2(Ea)}
        max=${Math.log2(4)}
        step="0.25"
        .value=${String(Math.log2(e.intensity))}
        @input=${e=>{let n=Number(e.target.value);t.filter({intensity:Number((2**n).toFixed(3))})}}
      />
      <output for="intensity">× ${Number(e.intensity.toFixed(2))}</output>
    </div>
  </div>`,ds=6;function fs(e,t,n,r){if(e.document.landmarks_path===null)return h`<section class="card" aria-labelledby="seek-title">
      <h2 id="seek-title">Where is my picture?</h2>
      <p class="quiet">Pictures cannot be located on this atlas.</p>
    </section>`;let i=n!==null&&n.address===t.soughtPicture;return h`<section class="card seek" aria-labelledby="seek-title">
    <h2 id="seek-title">Where is my picture?</h2>
    ${i?ms(e,t,n,r):ps(n,r)}
    ${F(t.seekRefusal,r.seek)}
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture to find on the atlas"
      @change=${e=>{let t=e.target;r.take(t.files?.[0]),t.value=``}}
    />
    <div class="samples is-small is-left" role="group" aria-label="Pictures to find">
      <label class="button plain" for="file">Choose a picture</label>
      ${rr(i?n.sample:null,r)}
    </div>
  </section>`}var ps=(e,{seek:t})=>h`<p class="quiet">
      Drop or paste one, and the cells are marked in which its parts would lie.
    </p>
    ${e?h`<button class="plain" id="seek" type="button" @click=${t}>
            Find the picture of the Explain view
          </button>`:_}`;function ms(e,{located:t,seeking:n,grid:r},i,{forget:a,flyTo:o}){let s=(t??[]).filter(e=>e.grid===r).sort((e,t)=>t.weight-e.weight);return h`<div class="sought">
    <img src=${i.address} alt="The picture that is looked for" width="72" height="72" />
    <div>
      <p role="status" id="found">${gs(s,n!==null,t!==null)}</p>
      <button class="plain" type="button" @click=${a}>Take the marks away</button>
    </div>
  </div>
  <ul class="found-list">
    ${s.slice(0,ds).map(({row:t,column:n,weight:i})=>h`<li>
          <button
            class="plain"
            type="button"
            @click=${()=>o({grid:r,x:n,y:t})}
          >
            row ${t+1}, column ${n+1}
          </button>
          <span class="quiet">${Mt(i)}${hs(e,r,t,n)}</span>
        </li>`)}
  </ul>`}function hs({grids:e,document:t},n,r,i){let a=e.find(e=>e.grid===n)?.at(i,r),o=t.classes[a?.i[0]??-1];return o===void 0?``:` · ${o}`}function gs(e,t,n){if(t)return`Looking …`;if(!n)return``;let r=e.reduce((e,{weight:t})=>e+t,0);if(e.length===0)return`It falls where this atlas shows nothing.`;let i=e.length===1?`one cell`:`${e.length} cells`;return`${Mt(r)} of it falls in ${i}.`}var _s={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};function vs(e,t,n,r){if(!t)return bs(e,n.x*e.grid,n.y*e.grid);let i=e.grid/t.grid,[a,o]=[Math.floor((t.x+.5)*i),Math.floor((t.y+.5)*i)];for(let t=1;t<e.grid;t++){let n={grid:e.grid,x:a+r[0]*t,y:o+r[1]*t};if(e.at(n.x,n.y))return n}return ys(e,a,o,r)??(e.at(a,o)?{grid:e.grid,x:a,y:o}:null)}function ys(e,t,n,[r,i]){let[a]=e.cells.filter(e=>(e.x-t)*r+(e.y-n)*i>0).sort((e,r)=>Math.hypot(e.x-t,e.y-n)-Math.hypot(r.x-t,r.y-n));return a?{grid:e.grid,x:a.x,y:a.y}:null}function bs(e,t,n){let r=e=>Math.hypot(e.x+.5-t,e.y+.5-n),[i,...a]=e.cells;if(!i)return null;let o=a.reduce((e,t)=>r(t)<r(e)?t:e,i);return{grid:e.grid,x:o.x,y:o.y}}function xs(e,{hovered:t,chosen:n,refusal:r},i){let a=wo(e,t)??wo(e,n),o=wo(e,n);return h`<section class="card atlas-card" aria-label="The atlas">
    <div
      class="atlas-stage"
      id="stage"
      tabindex="0"
      role="application"
      aria-label="Atlas of ${e.document.layer}. Arrow keys go from cell to cell, plus and minus zoom, zero shows the whole."
      @keydown=${e=>Fs(e,i)}
    >
      <div class="deep-zoom" ${Ho(Os(e,i))}></div>
      ${ws(e)}
      <div class="atlas-buttons">
        ${Cs(`zoom-in`,`Zoom in`,`M4 10h12M10 4v12`,()=>W.viewer?.zoomIn())}
        ${Cs(`zoom-out`,`Zoom out`,`M4 10h12`,()=>W.viewer?.zoomOut())}
        ${Cs(`whole`,`Show the whole`,`M3 10l7-6.5L17 10M5 9v8h10V9`,()=>W.viewer?.goHome())}
        ${Cs(`full-screen`,`Full screen, or back`,`M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5`,()=>void W.viewer?.toggleFullScreen())}
      </div>
      <div class="cell-card" id="cell-card" ?hidden=${!a} ${Ho(Ts)}>
        ${a?Wo(e,a.cell,a.grid):_}
      </div>
    </div>
    <p class="atlas-caption">
      <span id="shown">${Ss(e)}</span>
    </p>
    <p class="unseen" id="spoken" role="status">
      ${o?Zo(e,o.cell,o.grid):``}
    </p>
    ${F(r)}
  </section>`}function Ss(e){let{grid:t,cells:n}=Co(e);return`${ja(e,W.filter)} · ${n.length} cells of a grid of ${t} × ${t}`}var Cs=(e,t,n,r)=>h`<button class="icon" id=${e} type="button" title=${t} aria-label=${t} @click=${r}>
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d=${n} /></svg>
  </button>`;function ws(e){let{class_filter:t,versus:n}=e.document;return t==null||n==null?_:h`<p class="ends" aria-hidden="true">
    <span>← ${V(e,t)}</span><span>${V(e,n)} →</span>
  </p>`}var G=null,Ts=e=>{G=e??null},Es=null,Ds=null;function Os(e,t){if(Es&&Ds===e)return Es;Ds=e;let n=null,r=r=>{r?(n=ks(e,r,t),n.then(e=>As(e,r),js)):(W.viewer=null,n?.then(e=>e.destroy(),js),n=null)};return Es=r,r}var ks=(e,t,n)=>vo.open(t,e,{camera:W.camera,shown:To(W),told:{moved:(e,t)=>{Object.assign(W,{camera:e,grid:t.grid}),n.moved()},hovered:e=>{Ms(e,W.hovered)||n.hover(e)},chosen:n.choose,framed:Ps}});function As(e,t){t.isConnected&&(W.viewer=e,e.show(To(W)),E())}function js(){W.refusal=new S({title:`The atlas cannot be drawn`,detail:`A part of the page could not be loaded. Load the page anew.`,code:`viewer_missing`}),E()}var Ms=(e,t)=>e?.grid===t?.grid&&e?.x===t?.x&&e?.y===t?.y,Ns=14;function Ps(e){let t=W.hovered??W.chosen,n=G?.parentElement;if(!G||!n||!t||G.hidden)return;let r=e.width/t.grid,i=e.left+t.x*r,a=i+r+Ns,{offsetWidth:o,offsetHeight:s}=G,c=a+o<=n.clientWidth?a:Math.max(0,i-Ns-o),l=e.top+(t.y+.5)*r-s/2,u=Math.max(8,Math.min(n.clientHeight-s-8,l));G.style.setProperty(`--across`,`${Math.round(c)}px`),G.style.setProperty(`--down`,`${Math.round(u)}px`)}function Fs(e,t){let{viewer:n}=W,r=e.target.closest(`button`)!==null;if(!n||r||e.ctrlKey||e.metaKey)return;let i=_s[e.key];if(i){let e=vs(n.grid(),W.chosen,n.camera(),i);e&&n.reveal(e),t.choose(e)}else if(e.key===`+`||e.key===`=`)n.zoomIn();else if(e.key===`-`)n.zoomOut();else if(e.key===`0`||e.key===`Home`)n.goHome();else if(e.key===`Enter`&&W.chosen)n.flyTo(W.chosen);else if(e.key===`Escape`)t.choose(null);else return;e.preventDefault()}var K=!1;async function Is(e,t){K=!0;let[n=``]=e;n!==W.id&&Ls(n),n===``?await ma():(ha(),W.atlas?zs(t):await Rs(n,t))}function Ls(e){W.followed?.letGo(),W.seeking?.abort(),Object.assign(W,{id:e,atlas:null,followed:null,refusal:null})}async function Rs(e,t){Ji();try{let n=await zi(e);if(W.id!==e)return;W.followed?.letGo(),Object.assign(W,{atlas:n,refusal:null,followed:null}),zs(t)}catch(n){let r=T(n);if(W.id!==e)return;r.code===`atlas_not_found`?W.followed||=new li(e,()=>void Rs(e,t)):W.refusal=r}E()}function zs(e){W.atlas&&(W.seeking?.abort(),Object.assign(W,ko(W.atlas,e),{grid:W.viewer?.grid().grid??W.atlas.grids[0]?.grid??0}),W.viewer?.moveTo(W.camera),q(),Bs(e.get(`picture`)))}async function Bs(e){if(e!==null){if(e!==`own`)await xr(e,!0);else if(I.picture?.sample!==null){let e=gt();e&&(I.picture=e)}await Us()}}function Vs(){K=!1,ha(),W.seeking?.abort(),Ls(``)}function q(){W.viewer?.show(To(W)),Hs(),E()}function Hs(){if(!K||!W.atlas)return;let e=Eo(W.atlas,W,I.picture);jt(k(`atlas`,[W.id],e))}async function Us(){let{picture:e}=I;if(!K||!W.atlas||!e||W.atlas.document.landmarks_path===null)return;W.seeking?.abort();let t=new AbortController;Object.assign(W,{seeking:t,located:null,seekRefusal:null}),W.soughtPicture=e.address,q();try{W.located=await Vi(W.id,e,t.signal)}catch(e){if(w(e))return;W.seekRefusal=T(e)}W.seeking=null,q()}function Ws(){W.seeking?.abort(),Object.assign(W,{located:null,soughtPicture:``,seeking:null,seekRefusal:null}),q()}function Gs(e){W.chosen=e,W.viewer?.flyTo(e),q()}var Ks={choose:e=>{W.chosen=e,q()},hover:e=>{W.hovered=e,W.viewer?.show(To(W)),E()},moved:()=>{Hs(),E()}},qs={filter:e=>{W.filter={...W.filter,...e},W.listed=20,q()},turn:(e,t)=>{W[e]=t,q()}},Js={take:e=>void br(e),takeSample:e=>void xr(e),seek:()=>void Us(),forget:Ws,flyTo:Gs},Ys={flyTo:Gs,listMore:()=>{W.listed+=20,E()}};function Xs(){if(W.id===``)return _a();let{atlas:e,followed:t,refusal:n}=W;return h`<p class="way-back"><a href="#/atlas">← All atlases</a></p>
    ${F(n,()=>void Rs(W.id,new URLSearchParams))}
    ${e?h`<div class="atlas">
            ${Le(e.id,xs(e,W,Ks))}
            <div class="side">
              ${rs(e,W,qs)}
              ${fs(e,W,I.picture,Js)} ${Ca(e)}
            </div>
            <div class="below">${es(e,W,Ys)}</div>
          </div>`:t?bi(t):n?_:h`<p class="quiet">Looking …</p>`}`}yr(()=>{K&&W.atlas&&Us()});function Zs(){K&&W.id===``?ma():K&&Ji()}var Qs=()=>K&&W.atlas!==null,$s={title:`Atlas`,enter:(e,t)=>void Is(e,t),leave:Vs,template:Xs},J={datasets:[],isLoaded:!1,refusal:null,sending:null,added:null,doomed:null};async function ec(){try{let{body:e}=await C(`datasets`);Object.assign(J,{datasets:e.datasets,isLoaded:!0,refusal:null})}catch(e){J.refusal=T(e)}E()}async function tc(e){let t=e.files?.[0];if(e.value=``,!t)return;let n={name:t.name,part:0,abort:new AbortController};Object.assign(J,{sending:n,added:null,refusal:null}),E();let r=new FormData;r.append(`archive`,t,t.name);try{J.added=await rt(`datasets`,r,{sent:e=>{n.part=e,E()},signal:n.abort.signal}),J.sending=null,await ec()}catch(e){J.sending=null,w(e)||(J.refusal=T(e))}E()}async function nc(e){J.doomed=null;try{await C(`datasets/${encodeURIComponent(e)}`,{method:`DELETE`}),J.added?.id===e&&(J.added=null),await ec()}catch(e){J.refusal=T(e),E()}}var rc=()=>h`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${J.sending!==null}
          @change=${e=>void tc(e.target)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${J.sending?ic(J.sending):_}
    ${F(J.refusal,()=>void ec())}
    ${J.added?ac(J.added):_}
    ${J.datasets.length>0?oc():J.isLoaded?lc():_}
  </section>`,ic=({name:e,part:t,abort:n})=>h`<div class="sending">
    <span role="status"
      >${t<1?`Sending ${e}`:`${e} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${t} aria-label="Sent of ${e}"></progress>
      <span class="percent">${Math.floor(t*100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${()=>n.abort()}>Give up</button>
  </div>`;function ac({name:e,images:t,skipped:n,skipped_files:r}){let i=n===0?``:`; ${M(n)} files were left out`;return h`${Tn(`${e} is there`,`${M(t)} images${i}`)}
  ${n>0?h`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${r.map(({path:e,reason:t})=>h`<li>${e}: ${t}</li>`)}
        </ul>
      </details>`:_}`}var oc=()=>h`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Images</th>
          <th scope="col">Classes</th>
          <th scope="col">Size</th>
          <th scope="col">Added</th>
          <th scope="col"><span class="unseen">Delete</span></th>
        </tr>
      </thead>
      <tbody>
        ${J.datasets.map(sc)}
      </tbody>
    </table>
  </div>`,sc=e=>h`<tr>
    <th scope="row">${e.name}</th>
    <td>${M(e.images)}</td>
    <td title=${e.classes.join(`, `)}>${e.classes.length||`none`}</td>
    <td>${Ft(e.bytes)}</td>
    <td>${A(e.created_at)}</td>
    <td>
      ${J.doomed===e.id?h`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${()=>void nc(e.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${()=>cc(null)}>Keep</button>
          </div>`:h`<button
            class="plain"
            type="button"
            aria-label="Delete ${e.name}"
            @click=${()=>cc(e.id)}
          >
            Delete
          </button>`}
    </td>
  </tr>`;function cc(e){J.doomed=e,E()}var lc=()=>h`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`,uc={title:`Datasets`,enter:()=>void ec(),leave:()=>void 0,template:rc};function dc(e,t){let n=e.filter(({id:e,status:n})=>e!==t&&(n===`succeeded`||z.has(n)));return n.length===0?_:h`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${n.map(e=>h`<li>
            <a href=${k(`features`,[e.id])}>
              ${e.status===`succeeded`?h`<img src=${mi(R(e.id,`grid.png`))} alt="" loading="lazy" />`:h`<span class="no-picture" aria-hidden="true">…</span>`}
              <span>${fc(e)}</span>
              <span class="quiet">${A(e.created_at)}</span>
              ${e.status===`succeeded`?_:vi(e)}
            </a>
          </li>`)}
    </ul>
  </section>`}function fc({params:e}){let[t,n]=[e.objective,e.layer??`the last map`];return t===`logit`?`Classes ${String(e.classes)}`:t===`layer`?`Layer ${String(n)}`:`Channels ${String(e.channels)} of ${String(n)}`}function pc(e,{most:t,isOff:n,begin:r}){let i=Math.min(Number(e.params.steps)*2,t);return i>Number(e.params.steps)?h`<section class="card" aria-labelledby="more-title">
    <h2 id="more-title">Not there yet?</h2>
    <p class="quiet">
      A job that is done cannot be continued. The same seed takes the same way again, and then goes
      further.
    </p>
    <div class="buttons is-after">
      <button
        class="plain"
        id="more-steps"
        type="button"
        ?disabled=${n}
        @click=${()=>r(i)}
      >
        Begin anew with ${M(i)} steps
      </button>
    </div>
  </section>`:_}var mc=`activation-maximization`,hc=[`channels`,`classes`,`negative`,`parametrization`,`steps`,`size`],gc={channel:[`layer`,`channels`],neuron:[`layer`,`channels`,`row`,`column`],layer:[`layer`],logit:[`classes`]},_c=[{value:`channel`,text:`Channels of a layer`},{value:`neuron`,text:`Channels at one place`},{value:`layer`,text:`A whole layer (DeepDream)`},{value:`logit`,text:`Classes`}],Y={followed:null,model:``,written:{objective:`channel`},properties:null,earlier:[],refusal:null,isSubmitting:!1},vc=!1;function yc(e,t){vc=!0;let[n]=e;if(n!==Y.followed?.id&&(Y.followed?.letGo(),Y.followed=n?new li(n):null),t.size>0){let{model:e,...n}=Object.fromEntries(t);Object.assign(Y,{model:e??``,written:{objective:`channel`,...n}})}xc()}function bc(){vc=!1,Y.followed?.letGo(),Y.followed=null}function xc(){vc&&D.isReady&&(O(Y.model)||(Y.model=Ot()),Dt(Y.model).catch(()=>setTimeout(xc,2e3)),Sc(),Cc())}async function Sc(){if(!Y.properties){try{let{body:e}=await C(`openapi.json`);Y.properties=ln(e.components.schemas.ActivationMaximizationParameters)}catch(e){Y.refusal=T(e)}E()}}async function Cc(){try{Y.earlier=(await Gr({kind:mc,limit:`12`})).jobs}catch(e){Y.refusal=T(e)}E()}function wc(e){e.preventDefault(),Tc(()=>Jr(mc,Y.model,Ui(Ec(),Y.properties??{})))}async function Tc(e){Object.assign(Y,{isSubmitting:!0,refusal:null}),E();try{let t=await e();location.hash=k(`features`,[t.id])}catch(e){Y.refusal=T(e)}Y.isSubmitting=!1,E()}function Ec(){let e=new Set(gc[Dc()]),t=new Set(Object.values(gc).flat());return Object.fromEntries(Object.entries(Y.written).filter(([n])=>e.has(n)||!t.has(n)))}var Dc=()=>Y.written.objective??`channel`;function Oc(e,t){t===``?delete Y.written[e]:Y.written[e]=t,Y.followed||jt(k(`features`,[],new URLSearchParams({model:Y.model,...Y.written}))),E()}var kc=()=>h`<div class="features ${Y.followed?`is-watching`:``}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${wc}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${Ac()} ${F(Y.refusal,xc)}
      <button id="start" type="submit" ?disabled=${Y.isSubmitting||!Y.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${Y.followed?bi(Y.followed):Fc()} ${Pc(Y.followed?.job??null)} ${dc(Y.earlier,Y.followed?.id)}
    </div>
  </div>`;function Ac(){let e=(D.layers.get(Y.model)??[]).filter(({output_shape:e})=>e.length===3),t=D.details.get(Y.model)?.default_layer??``,n=gc[Dc()]??[];return h`${P({id:`model`,label:`Model`,value:Y.model,choices:D.models.map(({name:e})=>({value:e,text:e})),change:e=>{Object.assign(Y,{model:e,written:{objective:Dc()}}),xc(),E()}})}
  ${P({id:`objective`,label:`Pictures of`,value:Dc(),choices:_c,change:e=>Oc(`objective`,e)})}
  ${n.includes(`layer`)?P({id:`layer`,label:`Layer`,value:Y.written.layer??``,choices:[{value:``,text:t?`the last map (${t})`:`the last map`},...e.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.at(-1)} channels`})).reverse()],change:e=>Oc(`layer`,e)}):_}
  ${Nc(hc.filter(e=>jc(e,n)))}
  <details class="own">
    <summary>All settings</summary>
    ${Nc(Mc(n))}
  </details>`}var jc=(e,t)=>t.includes(e)||!Object.values(gc).flat().includes(e);function Mc(e){let t=new Set([...hc,`objective`,`layer`]);return Object.keys(Y.properties??{}).filter(n=>!t.has(n)&&jc(n,e))}var Nc=e=>{let t=e.flatMap(e=>{let t=Y.properties?.[e];return t?[[e,t]]:[]});return fn(Object.fromEntries(t),Y.written,Oc,`feature`)};function Pc(e){return e?.status!==`succeeded`||e.kind!==mc?_:pc(e,{most:Y.properties?.steps?.maximum??0,isOff:Y.isSubmitting,begin:t=>void Tc(()=>Jr(mc,e.model,{...e.params,steps:t}))})}var Fc=()=>h`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`,Ic={title:`Features`,enter:yc,leave:bc,template:kc},X={followed:null,jobs:[],older:[],nextCursor:null,status:``,kind:``,kinds:[],isLoaded:!1,refusal:null},Lc=[`activation-maximization`,`atlas`],Rc=1500,zc=6e3,Bc=0,Vc=!1;async function Hc(){clearTimeout(Bc);let{status:e,kind:t}=X;try{let{jobs:n,next_cursor:r}=await Gr({status:e,kind:t});if(e!==X.status||t!==X.kind)return;X.older.length===0&&(X.nextCursor=r);let i=new Set([...Lc,...X.kinds,...n.map(e=>e.kind)]);Object.assign(X,{jobs:n,kinds:[...i].sort(),refusal:null,isLoaded:!0})}catch(e){X.refusal=T(e)}if(E(),!Vc)return;let n=X.refusal!==null||X.jobs.some(e=>z.has(e.status));Bc=window.setTimeout(()=>void Hc(),n?Rc:zc)}async function Uc(){let{jobs:e,next_cursor:t}=await Gr({status:X.status,kind:X.kind,cursor:X.nextCursor??``});Object.assign(X,{older:[...X.older,...e],nextCursor:t}),E()}function Wc(e,t){Gc();let[n]=e;n?X.followed=new li(n):(Vc=!0,X.status=t.get(`status`)??``,X.kind=t.get(`kind`)??``,Hc())}function Gc(){Vc=!1,clearTimeout(Bc),X.followed?.letGo(),Object.assign(X,{followed:null,older:[]})}function Kc(e){Object.assign(X,{...e,older:[],isLoaded:!1,jobs:[]});let{status:t,kind:n}=X;jt(k(`jobs`,[],new URLSearchParams({...t&&{status:t},...n&&{kind:n}}))),Hc()}var qc=()=>X.followed?h`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${bi(X.followed)}`:Jc(),Jc=()=>h`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${P({id:`status-filter`,label:`Show`,value:X.status,choices:[{value:``,text:`all`},...ei.map(e=>({value:e,text:e}))],change:e=>Kc({status:e})})}
        ${P({id:`kind-filter`,label:`of kind`,value:X.kind,choices:[{value:``,text:`any`},...[...new Set([...X.kinds,X.kind])].filter(Boolean).map(e=>({value:e,text:Lt(e)}))],change:e=>Kc({kind:e})})}
      </div>
    </div>
    ${F(X.refusal,()=>void Hc())}
    ${X.jobs.length>0?Yc():X.isLoaded?Zc():_}
  </section>`;function Yc(){let e=new Set(X.jobs.map(({id:e})=>e));return h`<ul class="jobs">
      ${[...X.jobs,...X.older.filter(({id:t})=>!e.has(t))].map(Xc)}
    </ul>
    ${X.nextCursor?h`<button class="plain" type="button" @click=${()=>void Uc()}>Older jobs</button>`:_}`}var Xc=e=>h`<li>
    <a href=${k(`jobs`,[e.id])}>${N(e.kind)}</a>
    <span class="quiet">${e.model} · ${A(e.created_at)}</span>
    ${vi(e)} ${yi(e)}
    <span class="words">${ri(e)}</span>
  </li>`,Zc=()=>X.status||X.kind?h`<p class="quiet">
        No job${X.kind?` of the kind ${Lt(X.kind)}`:``} is
        ${X.status||`there`}.
      </p>`:h`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`,Qc={title:`Jobs`,enter:Wc,leave:Gc,template:qc},$c=(e,t,n)=>k(`model`,[e,...t.split(`/`)],new URLSearchParams({unit:String(n)})),el=(e,{maps:t,mapsRefusal:n,wanted:r})=>h`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${e.output_shape.length===3?r.picture?h`${F(n)}
            <div class="grid-picture">
              ${t?.grid?h`<img
                    src="data:image/png;base64,${t.grid}"
                    alt="The maps of channels ${r.channels}, each in its own range"
                  />`:n?_:h`<p class="quiet">Looking …</p>`}
            </div>
            ${t?.channels?h`<p class="hint">
                  Strongest: ${nl(t.channels,r)}. Every map is drawn in its own range.
                </p>`:_}`:h`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${rr(null,{takeSample:e=>void xr(e)})}
            </div>`:h`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`}
  </section>`,tl=5,nl=(e,{model:t,layer:n})=>[...e].sort((e,t)=>(t.max??0)-(e.max??0)).slice(0,tl).map(({index:e,max:r},i)=>h`${i>0?`, `:``}<a href=${$c(t,n.name,e)}
            >channel ${e}</a
          >
          (${j(r??NaN)})`),rl=(e,{filters:t,filtersRefusal:n})=>h`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${e.kernel_shape.length===0?h`<p class="quiet">This layer has no filters: it is no convolution.</p>`:h`${F(n)}
          <div class="grid-picture">
            ${t?.grid?h`<img
                  src="data:image/png;base64,${t.grid}"
                  alt="Filters of ${e.name}, each under its output channel"
                />`:n?_:h`<p class="quiet">Looking …</p>`}
          </div>
          ${t?h`<p class="hint">
                ${t.input_channel==null?`In colour: these filters see the picture itself; mid-grey is zero.`:`The weights for input channel ${t.input_channel}: red is positive, blue negative.`}
              </p>`:_}`}
  </section>`,il=({output_shape:e})=>e.at(-1)??0,al=e=>Math.max(1,Math.ceil(il(e)/64));function ol(e,t,n=64){let r=Math.min(Math.max(0,t),al(e)-1)*64,i=Math.min(r+n,il(e))-1;return i<r?``:`${r}-${i}`}var sl=class{wanted;filters=null;filtersRefusal=null;maps=null;mapsRefusal=null;asking=new AbortController;constructor(e){this.wanted=e;let{layer:t,picture:n}=e;t.kernel_shape.length>0&&this.askFilters(),t.output_shape.length===3&&n&&this.askMaps(n)}isOf({model:e,layer:t,channels:n,picture:r}){return e===this.wanted.model&&t.name===this.wanted.layer.name&&n===this.wanted.channels&&r?.address===this.wanted.picture?.address}letGo(){this.asking.abort()}async askFilters(){let{model:e,layer:t,channels:n}=this.wanted,r=[e,`layers`,...t.name.split(`/`),`filters`].map(encodeURIComponent);try{let{body:e}=await C(`models/${r.join(`/`)}${ut({channels:n,outputs:`grid`})}`,{signal:this.asking.signal});this.filters=e}catch(e){if(w(e))return;this.filtersRefusal=T(e)}E()}async askMaps(e){let{model:t,layer:n,channels:r}=this.wanted;try{let{body:i}=await C(`explain/feature-maps`,{method:`POST`,body:lt(e,{model:t,layer:n.name,channels:r}),signal:this.asking.signal});this.maps=i}catch(e){if(w(e))return;this.mapsRefusal=T(e)}E()}},cl=`activation-maximization`,ll=`100`,ul=[`positive`,`negative`],dl=class{unit;jobs=new Map;refusal=null;isBusy=!0;isLetGo=!1;constructor(e){this.unit=e,this.asking(async()=>{let{jobs:t}=await Gr({kind:cl,limit:ll});for(let n of ul){let r=t.find(t=>fl(t,e,n));r&&this.follow(n,r.id)}})}isOf({model:e,layer:t,channel:n}){let{unit:r}=this;return e===r.model&&t===r.layer&&n===r.channel}letGo(){this.isLetGo=!0;for(let e of this.jobs.values())e.letGo()}make(){return this.asking(async()=>{for(let e of ul.filter(e=>!this.jobs.has(e))){let{model:t,layer:n,channel:r}=this.unit,i=await Jr(cl,t,{objective:`channel`,layer:n,channels:String(r),negative:e===`negative`});this.follow(e,i.id)}})}follow(e,t){this.isLetGo||this.jobs.set(e,new li(t))}async asking(e){Object.assign(this,{isBusy:!0,refusal:null}),E();try{await e()}catch(e){this.refusal=T(e)}this.isBusy=!1,E()}};function fl({model:e,params:t,status:n},r,i){return e===r.model&&t.objective===`channel`&&t.layer===r.layer&&String(t.channels)===String(r.channel)&&t.negative===(i===`negative`)&&n!==`failed`&&n!==`cancelled`}var pl={positive:`What raises it most`,negative:`What lowers it most`};function ml(e,t,n,r){let{model:i,channel:a}=n.unit,o=(e.output_shape.at(-1)??1)-1,s=(t,n)=>t<0||t>o?_:h`<a class="button plain" href=${$c(i,e.name,t)}>${n}</a>`;return h`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">Channel ${a} of ${e.name}</h2>
      <p class="buttons">
        <a class="button plain" href=${r}>The whole layer</a>
        ${s(a-1,`← ${a-1}`)} ${s(a+1,`${a+1} →`)}
      </p>
    </section>
    ${hl(n,e)} ${el(e,t)} ${rl(e,t)}`}var hl=(e,{type:t})=>h`<section class="card" aria-labelledby="unit-title">
    <h2 id="unit-title">What it looks for</h2>
    ${F(e.refusal)}
    <div class="signs">
      ${ul.map(t=>gl(t,e.jobs.get(t)))}
    </div>
    ${t===`ReLU`?h`<p class="hint">
            Behind a ReLU a channel is never below zero: whatever does not raise it lowers it most.
          </p>`:_}
    ${e.jobs.size<ul.length?h`<button
            class="plain"
            id="make-unit"
            type="button"
            ?disabled=${e.isBusy}
            @click=${()=>void e.make()}
          >
            Make the pictures
          </button>`:_}
  </section>`,gl=(e,t)=>h`<figure>
    <div class="made">${_l(e,t)}</div>
    <figcaption>
      ${pl[e]}
      ${t?.job?h` · <a href=${k(`features`,[t.id])}>${ri(t.job)}</a>`:_}
    </figcaption>
    ${F(t?.refusal??null)}
  </figure>`;function _l(e,t){return t?t.job?.status===`succeeded`?h`<img src=${mi(R(t.id,`grid.png`))} alt=${pl[e]} />`:t.preview?h`<img src="data:image/png;base64,${t.preview}" alt="What is being made" />`:h`<p class="quiet">${!t.job||z.has(t.job.status)?`Being made …`:`It was not made.`}</p>`:h`<p class="quiet">Not made yet.</p>`}var Z={model:``,layer:``,page:0,unit:null,pictures:null,search:``,insight:null},vl=!1;function yl(e,t){vl=!0;let[n=``,...r]=e;n&&Object.assign(Z,{model:n,layer:r.join(`/`)}),Z.page=Number(t.get(`page`)??0)||0;let i=t.get(`unit`);Z.unit=i!==null&&/^\d+$/.test(i)?Number(i):null,bl()}function bl(){vl&&D.isReady&&(O(Z.model)||Object.assign(Z,{model:Ot(),layer:``}),Dt(Z.model).then(xl).catch(()=>setTimeout(bl,2e3)))}function xl(){let e=wl();if(!vl||!e)return;Z.layer=e.name;let t=Sl(e);jt(t===null?Tl(e.name):$c(Z.model,e.name,t)),Cl(e,t);let n={model:Z.model,layer:e,channels:t===null?ol(e,Z.page):String(t),picture:I.picture};Z.insight?.isOf(n)||(Z.insight?.letGo(),Z.insight=new sl(n)),E()}function Sl({output_shape:e}){return Z.unit!==null&&e.length===3&&Z.unit<(e.at(-1)??0)?Z.unit:null}function Cl(e,t){let n=t===null?null:{model:Z.model,layer:e.name,channel:t};n&&Z.pictures?.isOf(n)||(Z.pictures?.letGo(),Z.pictures=n&&new dl(n))}function wl(){let e=D.layers.get(Z.model)??[],t=D.details.get(Z.model)?.default_layer;return e.find(({name:e})=>e===Z.layer)??e.find(({name:e})=>e===t)??e[0]}var Tl=(e,t=Z.page)=>k(`model`,[Z.model,...e.split(`/`)],new URLSearchParams(t?{page:String(t)}:{})),El=()=>{let e=D.layers.get(Z.model)??[],t=wl();return h`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${P({id:`model`,label:`Model`,value:Z.model,choices:D.models.map(({name:e})=>({value:e,text:e})),change:e=>{location.hash=k(`model`,[e])},hint:Dl(e)})}
      ${sn({id:`search`,label:`Find a layer`,type:`search`,value:Z.search,placeholder:`conv, relu, …`,change:e=>{Z.search=e,E()}})}
      <nav class="layer-list" aria-label="Layers of ${Z.model}" tabindex="-1">
        <ol>
          ${Ol(e).map(e=>kl(e,e===t))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${t&&Z.insight?Al(t,Z.insight):_}
    </div>
  </div>`};function Dl(e){let t=O(Z.model)?.parameters??0;return`${e.length} layers, ${M(t)} parameters`}function Ol(e){let t=Z.search.trim().toLowerCase();return e.filter(({name:e,type:n})=>`${e} ${n}`.toLowerCase().includes(t))}var kl=({name:e,type:t,output_shape:n},r)=>h`<li>
    <a href=${Tl(e,0)} aria-current=${r?`true`:_}>
      <span class="layer-name">${e}</span>
      <span class="quiet">${t}</span>
      <span class="quiet sides">${It(n)}</span>
    </a>
  </li>`,Al=(e,t)=>Z.pictures?ml(e,t,Z.pictures,Tl(e.name,0)):jl(e,t),jl=(e,t)=>h`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${e.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${e.type}</dd>
        <dt>Output</dt>
        <dd>${It(e.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${M(e.parameters)}</dd>
        ${e.kernel_shape.length>0?h`<dt>Filters</dt>
              <dd>${It(e.kernel_shape)}</dd>`:_}
      </dl>
      ${e.output_shape.length===3?h`<p class="links">
            <a href=${Ml(e)}>What its channels look for</a>
            ${e.explainable?h`<a href=${Nl(e)}>Explain at this layer</a>`:_}
          </p>`:_}
      ${Pl(e)}
    </section>
    ${el(e,t)} ${rl(e,t)}`,Ml=e=>k(`features`,[],new URLSearchParams({model:Z.model,objective:`channel`,layer:e.name,channels:ol(e,Z.page,8)||`random:9`}));function Nl(e){let[t=``,n=``]=hr().split(`?`,2),r=new URLSearchParams(n);return r.set(`layer`,e.name),r.set(`model`,Z.model),`${t}?${r}`}function Pl(e){let t=al(e);return t<2?_:h`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({length:t},(t,n)=>{let r=n*64;return h`<a
        class="button plain"
        href=${Tl(e.name,n)}
        aria-current=${n===Z.page?`true`:_}
        >${r}–${Math.min(r+64,e.output_shape.at(-1)??0)-1}</a
      >`})}
  </nav>`}yr(xl);var Fl={title:`Model`,enter:yl,leave:()=>{vl=!1,Z.pictures?.letGo(),Z.pictures=null},template:El},Il=e=>Ze()?h`<form
        class="card key"
        aria-labelledby="key-title"
        @submit=${t=>Ll(t,e)}
      >
        <h2 id="key-title">
          ${Xe()?`The service does not take this key`:`The service asks for a key`}
        </h2>
        <p class="quiet" id="key-hint">
          Whoever runs it gives you one. It stays in this tab until that is closed.
        </p>
        <div class="key-row">
          <label for="key">API key</label>
          <input
            id="key"
            name="key"
            type="password"
            autocomplete="off"
            spellcheck="false"
            required
            aria-describedby="key-hint"
          />
          <button type="submit">Use it</button>
        </div>
      </form>`:_;function Ll(e,t){e.preventDefault();let n=e.target.elements.namedItem(`key`).value.trim();n!==``&&Rl(n,t)}function Rl(e,t){Ye(e),gi(),t()}var zl=e=>Xe()?h`<button
        class="plain"
        id="forget-key"
        type="button"
        @click=${()=>Rl(``,e)}
      >
        Forget the key
      </button>`:_,Q={explain:Rr,model:Fl,features:Ic,atlas:$s,jobs:Qc,datasets:uc};function Bl(){Dr(),bl(),xc(),Zs()}var Vl=document.getElementById(`page`),$=``;function Hl(){let e=At(location.hash),t=e.view in Q?e.view:`explain`;t!==$&&Q[$]?.leave(),$=t;let n=Q[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),E()}var Ul=(e,{title:t})=>h`<a
    href=${e===`explain`?hr():k(e)}
    aria-current=${e===$?`page`:_}
    >${t}</a
  >`,Wl=()=>h`<a class="skip" href="#main" @click=${Kl}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(Q).map(([e,t])=>Ul(e,t))}
        <a href="docs">HTTP interface</a>
        ${zl(Gl)}
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${Q[$]?.title}</h1>
      ${Il(Gl)}
      ${Ze()?_:F(D.refusal,()=>void Tt(Bl))}
      ${Q[$]?.template()??_}
    </main>`;function Gl(){Object.assign(D,{refusal:null}),Q[$]?.leave(),Hl(),Tt(Bl)}function Kl(e){e.preventDefault(),document.getElementById(`main`)?.focus()}var ql=()=>$===`model`||Qs();function Jl(e){e&&(ql()||(location.hash=hr()),br(e))}document.addEventListener(`paste`,({clipboardData:e})=>Jl(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),Sr(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&Sr(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),Sr(!1),Jl(e.dataTransfer?.files[0])}),Ct(()=>Ae(Wl(),Vl)),window.addEventListener(`hashchange`,Hl),Hl(),Tt(Bl);export{o as t};